import { Table, Td, Th } from '@/components/ui/table';
import { PROVIDER_RULES } from '@/content/provider-rules';
import { FactSource } from './fact-source';

/** What the big providers publish, each with its source page. */
export function ProviderRules() {
  return (
    <div className="my-6 rounded-card border border-hairline">
      <Table label="What providers publish" className="min-w-0">
        <thead>
          <tr>
            <Th>Provider</Th>
            <Th>What it publishes</Th>
          </tr>
        </thead>
        <tbody>
          {PROVIDER_RULES.map(({ provider, rule, source }) => (
            <tr key={provider} className="border-b border-hairline align-top last:border-b-0">
              <Td className="align-top font-medium">{provider}</Td>
              <Td className="align-top">
                {rule}
                <FactSource source={source} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
