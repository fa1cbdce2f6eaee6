// Replies by local part. POLICY_WORDS are given whatever the mailbox and are about us or about a policy; UNKNOWN_WORDS are about the
// mailbox, in the languages that servers use.
export type Words = readonly [code: number, text: string];

export const POLICY_WORDS: Record<string, Words> = {
  alice: [550, '5.7.1 Message refused by local policy'],
  bob: [550, '5.7.606 Access denied, banned sending IP [127.0.1.1]'],
  carol: [554, '5.7.1 Service refused, your network is on our blocklist'],
  dora: [550, '5.7.1 Access denied'],
  u1: [550, '5.7.1 Command rejected'],
  u2: [554, '5.7.0 Reject, policy of this site'],
  u3: [550, '5.7.25 The sending IP does not have a PTR record'],
  u4: [550, '5.7.1 Email rejected per SPAM policy'],
  u5: [554, '5.7.1 Your access to this mail system has been rejected due to poor reputation'],
  u6: [550, '5.7.1 SPF check failed for the sender'],
};

export const UNKNOWN_WORDS: Record<string, Words> = {
  'french-unknown': [550, '5.1.1 Utilisateur inconnu'],
  'german-unknown': [550, '5.1.1 Empfänger unbekannt'],
  'spanish-unknown': [550, 'Usuario desconocido'],
  'italian-unknown': [550, 'Utente sconosciuto'],
  'chinese-unknown': [550, '用户不存在'],
  'japanese-unknown': [550, 'ユーザーが見つかりません'],
  'lying-unknown': [550, '5.7.1 No such user here'],
  'french-full': [552, 'La boîte aux lettres est pleine'],
  'english-full': [552, '5.2.2 Mailbox is full'],
  'english-disabled': [550, '5.2.1 The email account that you tried to reach is disabled'],
  'vague-no': [550, 'No.'],
};
