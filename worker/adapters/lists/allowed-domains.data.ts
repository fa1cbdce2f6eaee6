// Real mail domains that the disposable lists hold by mistake and that no other table of ours saves: universities, public
// bodies, community hosts, registries. Free providers and relay services are never disposable either; they have own tables.
export const NEVER_DISPOSABLE: Readonly<Record<string, string>> = {
  'nus.edu.sg': 'National University of Singapore',
  'news.uhd.edu': 'University of Houston-Downtown',
  'news.hackney.gov.uk': 'London Borough of Hackney',
  'tulsa.gov': 'public body',
  'berkshirehealthcare.nhs.uk': 'NHS trust',
  'biruni.cc.marun.edu.tr': 'Marmara University',
  'wanadoo.com': 'Orange',
  'sdf.org': 'SDF Public Access UNIX System',
  'yandex.net': 'Yandex',
  'forwardemail.net': 'Forward Email (the company; its customers use their own domains)',
  'improvmx.com': 'ImprovMX (the company; its customers use their own domains)',
};
