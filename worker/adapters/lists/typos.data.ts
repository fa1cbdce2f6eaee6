// Misspelled mail domains. TYPO_TARGETS are the providers that people mean, the most used first: a domain near one of them gets a
// suggestion. KNOWN_LOOKALIKES are misspellings of the biggest providers that are often registered by others and may well accept mail: only
// these cause a verdict (`typo_domain`). REAL_NEIGHBOURS are real domains that are one slip away from a target and in no other table.
export const TYPO_TARGETS: readonly string[] = (
  'gmail.com yahoo.com hotmail.com outlook.com icloud.com aol.com live.com msn.com googlemail.com ymail.com rocketmail.com proton.me protonmail.com ' +
  'comcast.net verizon.net att.net sbcglobal.net bellsouth.net charter.net earthlink.net cox.net optonline.net ' +
  'hotmail.co.uk hotmail.fr hotmail.de hotmail.it hotmail.es outlook.fr outlook.de outlook.es yahoo.co.uk yahoo.fr yahoo.de yahoo.it yahoo.es yahoo.co.in yahoo.com.br live.co.uk live.fr ' +
  'btinternet.com virginmedia.com talktalk.net ntlworld.com sky.com gmx.de gmx.net gmx.com web.de t-online.de freenet.de arcor.de mail.com fastmail.com zoho.com ' +
  'orange.fr wanadoo.fr laposte.net free.fr sfr.fr libero.it virgilio.it tiscali.it alice.it wp.pl onet.pl interia.pl o2.pl seznam.cz centrum.cz email.cz ziggo.nl telenet.be bluewin.ch ' +
  'mail.ru yandex.ru yandex.com rambler.ru inbox.ru ukr.net qq.com 163.com foxmail.com naver.com hanmail.net rediffmail.com uol.com.br bol.com.br terra.com.br bigpond.com ' +
  'tutanota.com hushmail.com rogers.com sympatico.ca shaw.ca abv.bg sapo.pt telefonica.net ' +
  // The same providers under other countries' endings
  'hotmail.nl hotmail.be hotmail.se hotmail.dk hotmail.no hotmail.fi hotmail.ca hotmail.com.br hotmail.com.ar hotmail.com.tr hotmail.co.jp hotmail.gr ' +
  'outlook.it outlook.be outlook.pt outlook.dk outlook.ie outlook.jp outlook.com.br outlook.com.au outlook.co.id ' +
  'yahoo.ca yahoo.co.jp yahoo.co.id yahoo.com.au yahoo.com.mx yahoo.com.ar yahoo.com.ph yahoo.com.sg yahoo.com.tw yahoo.com.hk yahoo.com.vn yahoo.com.tr yahoo.gr yahoo.pl yahoo.ro yahoo.se yahoo.dk yahoo.no yahoo.ie yahoo.be ' +
  'live.nl live.it live.be live.se live.dk live.ca live.com.au live.com.mx live.com.pt gmx.at gmx.ch yandex.by yandex.kz yandex.ua ' +
  // Other providers, each of one country
  'btopenworld.com blueyonder.co.uk tiscali.co.uk vodafone.it fastwebnet.it inwind.it email.it tin.it neuf.fr numericable.fr ' +
  'hetnet.nl kpnmail.nl xs4all.nl upcmail.nl quicknet.nl skynet.be proximus.be scarlet.be hispeed.ch chello.at vodafone.de ' +
  'gazeta.pl poczta.onet.pl tlen.pl centrum.sk azet.sk zoznam.sk freemail.hu citromail.hu indamail.hu ' +
  'bredband.net comhem.se luukku.com kolumbus.fi elisanet.fi saunalahti.fi otenet.gr bigmir.net inbox.lv list.ru ' +
  'windstream.net frontiernet.net centurylink.net centurytel.net embarqmail.com suddenlink.net mindspring.com roadrunner.com netzero.net windowslive.com ' +
  'telus.net videotron.ca cogeco.ca optusnet.com.au iinet.net.au netvigator.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp singnet.com.sg walla.co.il telkomsa.net ' +
  'fibertel.com.ar prodigy.net.mx movistar.es aliyun.com sina.com sohu.com 126.com 139.com daum.net me.com mac.com tuta.com mailbox.org posteo.de'
).split(' ');

/** Slips of an ending that are themselves top-level domains. They count for names of five or more letters; `cm` counts for all. */
export const ENDING_SLIPS: Readonly<Record<string, readonly string[]>> = {
  com: ['cm', 'om', 'co'],
  net: ['ne', 'bet'],
  'co.uk': ['uk'],
  'com.br': ['br'],
  'com.au': ['au'],
};

export const KNOWN_LOOKALIKES: Readonly<Record<string, string>> = {
  'gmail.com':
    'gmial.com gmai.com gmal.com gamil.com gnail.com gmaill.com gmaul.com gmali.com gimail.com gemail.com gmeil.com gmil.com gmsil.com gmaio.com gmaik.com ' +
    'gmaip.com ggmail.com gmmail.com gmaiil.com gmaail.com gmailc.com gmailcom.com gmail.co gmail.cm gmail.om gmail.con gmail.cmo gmail.ocm gmail.comm gmail.vom gmail.xom ' +
    'gmail.cim gmail.cpm gmail.clm gmail.cok gmail.coml gmail.net gmail.org gmai.co gmial.co gmal.co gamil.co gmil.co gmali.co gmaill.co gmaol.com gmajl.com gmqil.com gmzil.com ' +
    'gjail.com gkail.com gmaile.com gmaila.com gmiel.com gimal.com gmiail.com gmailo.com gmailll.com g-mail.com ' +
    'gmaail.co gmael.com gmaal.com gmill.com gmaiol.com gmsail.com ygmail.com qgmail.com',
  'yahoo.com':
    'yaho.com yahooo.com yhaoo.com yhoo.com yaoo.com yahho.com yahhoo.com yaahoo.com yahoo.co yahoo.cm yahoo.om yahoo.con yahoo.cmo yahoo.comm yahoo.coml yahoo.vom ' +
    'yahop.com yahpp.com yahoi.com yahooi.com yahool.com yahou.com yahu.com yahoomail.com yahoo-mail.com yaboo.com yajoo.com yauoo.com uahoo.com tahoo.com yqhoo.com yshoo.com ' +
    'ayhoo.com yaooh.com yahou.co yaho.co yahooc.com yahuu.com yahio.com yah00.com yah0o.com yahoo.cim yahoo.cok yahoo.cpm',
  'hotmail.com':
    'hotmial.com hotmai.com hotmal.com hotmil.com homail.com hotail.com htmail.com otmail.com hotmaill.com hotnail.com hotmsil.com hotmqil.com hotmaul.com hotmaio.com hotmaik.com ' +
    'hotmali.com hotamil.com hotamail.com hotmaail.com hotmmail.com hottmail.com hootmail.com hoymail.com hormail.com hotrmail.com htomail.com ohtmail.com hotmeil.com hotmael.com ' +
    'hotmailc.com hotmailcom.com hotmails.com hotmail.co hotmail.cm hotmail.om hotmail.con hotmail.cmo hotmail.comm hotmail.coml hotmail.net hotmail.org hotmail.vom hotmail.cim ' +
    'hot-mail.com hotimail.com hotemail.com hotlmail.com hotmill.com houmail.com hotmaiil.com hotlamil.com hotimal.com hoynail.com hltmail.com hotmauil.com homtail.com',
  'outlook.com':
    'outlok.com outllok.com outloook.com outlookk.com outloo.com outlool.com oulook.com ouotlook.com outook.com otlook.com ourlook.com oitlook.com putlook.com iutlook.com outlooc.com ' +
    'outlook.co outlook.cm outlook.om outlook.con outlook.cmo outlook.comm outlook.net outlook.org outluk.com outlouk.com outlokk.com outlookl.com outlook.vom outllook.com outtlook.com outlookcom.com',
  'icloud.com':
    'icoud.com iclod.com iclud.com icluod.com icould.com ilcoud.com iclould.com icloud.co icloud.cm icloud.om icloud.con icloud.cmo icloud.comm icloud.net icloud.org iclloud.com icloude.com iccloud.com icloid.com icloyd.com iclooud.com icluld.com i-cloud.com',
  'aol.com': 'aol.con aol.cm aol.cmo aol.comm aol.om aoll.com aool.com',
  'live.com': 'live.con live.cm live.cmo live.comm livee.com',
  'msn.com': 'msn.con msn.cm msn.cmo msnn.com',
  'comcast.net':
    'comcas.net comcat.net comast.net concast.net comcst.net comcast.nte comcast.ent comcast.met comcasst.net comcaast.net comcat.com comcst.com',
  'verizon.net': 'verizo.net verison.net verizion.net verzion.net verizon.ne veriaon.net',
  'sbcglobal.net': 'sbcgloabl.net sbcglobal.ney sbcgobal.net sbcglobl.net sbglobal.net sbcgloba.net scbglobal.net',
  'yandex.ru': 'yandx.ru yandes.ru yande.ru yadex.ru yanex.ru yandeks.ru',
  'protonmail.com': 'protonmail.co protonmail.con protonmal.com protonmai.com protomail.com protonail.com',
  'googlemail.com': 'googlemail.co googlemil.com goglemail.com googlmail.com googlemai.com googelmail.com',
};

/** Misspellings that distance alone would miss, or that may be somebody's own domain: they get a suggestion, never a verdict. */
export const SUGGESTED_ONLY: Readonly<Record<string, string>> = {
  'gmail.com': 'gml.com gmall.com gmails.com gmaall.com hmail.co fmail.co',
  'hotmail.com': 'hotmall.com hitmail.com jotmail.com hotmail.cl',
  'outlook.com': 'outlock.com outlock.co',
  'mail.ru': 'mial.ru maill.ru meil.ru amil.ru mmail.ru maail.ru',
  'free.fr': 'freee.fr fre.fr frre.fr ffree.fr rfee.fr',
  'live.com': 'liv.com lvie.com llive.com live.co live.om',
  'aol.com': 'aol.co aaol.com aoll.co',
  'msn.com': 'msn.co msn.om mssn.com mmsn.com',
  'att.net': 'att.ne att.bet attt.net',
  'cox.net': 'cox.ne cox.bet coxx.net',
  'zoho.com': 'zohoo.com zooho.com',
  'web.de': 'wbe.de wev.de weeb.de wweb.de',
  'gmx.de': 'gmc.de gxm.de gmxx.de gmmx.de ggmx.de',
  'gmx.net': 'gxm.net gmxx.net',
  'onet.pl': 'onte.pl onett.pl onnet.pl oonet.pl',
  'sfr.fr': 'ssfr.fr sffr.fr sfrr.fr',
  'uol.com.br': 'oul.com.br uoll.com.br ulo.com.br',
  'shaw.ca': 'shwa.ca shaww.ca hsaw.ca',
  'sapo.pt': 'spao.pt sapoo.pt saop.pt',
  'neuf.fr': 'neuff.fr nuef.fr neeuf.fr',
};

export const REAL_NEIGHBOURS: readonly string[] = (
  'cloud.com email.com bmail.com qmail.com qmail.org zmail.com dmail.com imail.com nmail.com pmail.com smail.com umail.com wmail.com xmail.com kmail.com lmail.com omail.com amail.com cmail.com jmail.com rmail.com ' +
  'hotmail.org.uk horizon.net boutlook.com comcast.com verizon.com sbcglobal.com bellsouth.com charter.com earthlink.com aliceblogs.fr grange.fr range.fr oranges.fr yahoo-inc.com yahooinc.com ' +
  'gmx.tm mailo.ru ymail.co.uk fastmail.ca fastmail.se hushmail.net tele.net telnet.be gail.com ' +
  'pcloud.com qcloud.com ncloud.com ecloud.com mcloud.com gcloud.com vcloud.com xcloud.com dcloud.com tcloud.com zcloud.com iclouds.com'
).split(' ');

/** Words and surnames one slip away from a target's name. Somebody owns them under any ending, so being near means nothing. */
export const REAL_WORDS: readonly string[] = (
  'mail email emails smail emil grail cloud alive alike slice malice calice salice altice aline alyce carter harter chartier chapter charters chanter ' +
  'chatter charger charmer roger rodgers rivers rowers rovers robbers ropers tigers rogiers laporte lacoste never saver nader naber navel haver waver ' +
  'laver nager caver xaver raver libro libra libera libros liberto librero vergilio poster poste posten posto postel posted gambler ramblers range grange ' +
  'ornate oranje oranger armor arbor arco arcos ardor interim interna nigeria photon proto protons croton groton tetra terry terri tierra serra verra ' +
  'tera terre ferra scarlett zentrum signet skylet gazette gaceta gazzetta roadrunners telefonia telefonico simpatico ziggy viggo unwind talus fiscal greener ' +
  'hermet handed yazoo dolny polny wolny vodafonic chelo cello hello horizon'
).split(' ');
