// Addresses that reach no mail host: syntax and DNS alone decide; known from conf/dns/.
import { at, type Truth } from './row';

const LONG_LOCAL = 'aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd';

export const NO_MAIL_HOST_TRUTH: readonly Truth[] = [
  ...at('nobody', [['alice@all-dead.test', 'connect_failed', 'the only MX refuses the connection']]),
  ...at(null, [
    ['alice@nothing-here.test', 'domain_not_found', 'NXDOMAIN'],
    ['alice@sub.nothing-here.test', 'domain_not_found', 'NXDOMAIN of the parent'],
    ['alice@no-mx.test', 'no_mx', 'the name exists without MX or address'],
    ['alice@hollow.test', 'no_mx', 'an empty non-terminal: the name exists only by what lies below it'],
    ['alice@null-mx.test', 'null_mx', 'MX 0 . (RFC 7505)'],
    ['alice@mx-no-address.test', 'mx_unroutable', 'the MX has no address'],
    ['alice@mx-no-name.test', 'mx_unroutable', 'the MX does not exist'],
    ['alice@private-mx.test', 'mx_unroutable', 'the MX is in 10.0.0.0/8'],
    ['alice@metadata-mx.test', 'mx_unroutable', 'the MX is link-local, where clouds keep their metadata'],
    ['alice@mapped-mx.test', 'mx_unroutable', 'the MX is a private address mapped into IPv6'],
    ['alice@implicit-private.test', 'mx_unroutable', 'the implicit MX is in 192.168.0.0/16'],
    ['alice@servfail.test', 'dns_temporary_error', 'SERVFAIL says nothing about the name'],
    ['under_score@gmail.com', 'provider_syntax', 'Gmail has no underscores; nobody is asked'],
    ['no-at-sign.alpha-mail.test', 'syntax_invalid', 'no at sign'],
    ['two@@alpha-mail.test', 'syntax_invalid', 'an empty atom'],
    ['.alice@alpha-mail.test', 'syntax_invalid', 'a dot at the start'],
    ['alice..b@alpha-mail.test', 'syntax_invalid', 'two dots in a row'],
    ['al ice@alpha-mail.test', 'syntax_invalid', 'a space outside quotes'],
    ['alice@-alpha-mail.test', 'syntax_invalid', 'a label that starts with a hyphen'],
    [`${LONG_LOCAL}e@alpha-mail.test`, 'syntax_invalid', 'a local part of 65 octets'],
  ]),
];
