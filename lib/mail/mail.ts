// One outgoing mail, in our own words. Who sends it is decided by send-mail.

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
}
