// The servers of a benchmark in a separate process, so that their work is not counted as the client's. Started by `start-world.ts`; answers
// each message with the figures so far and ends with its parent.
import { startDnsServer } from './dns-server';
import { startSmtpServer } from './smtp-server';

const smtp = await startSmtpServer(Number(process.argv[2] ?? 0));
const dns = await startDnsServer();

const figures = () => {
  const { user, system } = process.cpuUsage();
  return { smtpPort: smtp.port, dnsServer: dns.server, ...smtp.tally, dnsQuestions: dns.tally.questions, cpuUs: user + system };
};

process.on('message', () => process.send?.(figures()));
process.on('disconnect', () => process.exit(0));
process.send?.(figures());
