// Alias and private-relay services: each address forwards to one real person's mailbox, so they are a class of their own and
// never called disposable. One line a service: its name and the domains people get addresses on. Sub-domains count.
export const RELAY_SERVICES: Readonly<Record<string, string>> = {
  'Apple Hide My Email': 'privaterelay.appleid.com',
  'Firefox Relay': 'mozmail.com relay.firefox.com',
  'DuckDuckGo Email Protection': 'duck.com',
  SimpleLogin:
    'simplelogin.com simplelogin.co simplelogin.io simplelogin.fr aleeas.com slmail.me slmails.com 8alias.com 8shield.net dralias.com silomails.com',
  'Proton Pass': 'passmail.net passmail.com passinbox.com passfwd.com',
  'addy.io': 'addy.io addymail.com anonaddy.com anonaddy.me',
  '33mail': '33mail.com',
  Sneakemail: 'sneakemail.com snkml.com liamekaens.com',
  Spamex: 'spamex.com',
  'erine.email': 'erine.email',
  e4ward: 'e4ward.com',
  Blur: 'opayq.com',
  Cloaked: 'cloaked.id',
  IronVest: 'ironvest.com',
  ManyMe: 'manyme.com',
  'Burner Mail': 'burnermail.io',
  'Bitwarden alias domains': 'bitwarden.email',
  'Amazon Marketplace relay':
    'marketplace.amazon.com marketplace.amazon.co.uk marketplace.amazon.de marketplace.amazon.fr marketplace.amazon.it marketplace.amazon.es marketplace.amazon.ca marketplace.amazon.co.jp',
  'eBay member relay': 'members.ebay.com members.ebay.co.uk members.ebay.de',
  'Craigslist relay': 'sale.craigslist.org reply.craigslist.org',
  'Airbnb relay': 'guest.airbnb.com reply.airbnb.com',
  'Booking.com relay': 'guest.booking.com property.booking.com',
};
