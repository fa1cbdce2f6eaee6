// The servers of a benchmark in a separate process, so that their work is not counted as the client's. Started by `start-world.ts`; answers
// each message with the figures so far and ends with its parent.
import { createSecureContext } from 'node:tls';
import { createSelfSignedCertificate } from '@/simulators/mail/self-signed-certificate';
import { startDnsServer } from './dns-server';
import { startSmtpServer } from './smtp-server';

const [, , latency = '0', tls = 'plain'] = process.argv;
const certificate = tls === 'tls' ? createSecureContext(await createSelfSignedCertificate('mx.bench.test')) : null;
const smtp = await startSmtpServer(Number(latency), certificate);
const dns = await startDnsServer();

const figures = () => {
  const { user, system } = process.cpuUsage();
  return { smtpPort: smtp.port, dnsServer: dns.server, ...smtp.tally, dnsQuestions: dns.tally.questions, cpuUs: user + system };
};

process.on('message', () => process.send?.(figures()));
process.on('disconnect', () => process.exit(0));
process.send?.(figures());
