import Link from 'next/link';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import { buttonClass } from '@/components/ui/button-class';
import { signUpPath } from '@/lib/billing/rules/billing';
import { formatPerThousand, formatPrice, PACK_IDS, type PackId, PACKS } from '@/lib/billing/rules/offers';
import { creditsOfPack } from './choice-words';

/** `highlighted`: the packs that the slider recommends. */
export function PackList({ highlighted = [] }: { highlighted?: readonly PackId[] }) {
  return (
    <div className="overflow-hidden rounded-card border border-hairline bg-card">
      <Table label="Packs of credits that never expire">
        <thead className="bg-raised">
          <tr>
            <Th>Credits</Th>
            <Th className="text-right">Price</Th>
            <Th className="text-right max-sm:hidden">Per 1,000</Th>
            <Th>
              <span className="sr-only">Buy</span>
            </Th>
          </tr>
        </thead>
        <tbody className="text-body tabular-nums">
          {PACK_IDS.map((pack) => (
            <Tr key={pack} className={highlighted.includes(pack) ? 'bg-pending-tint hover:bg-pending-tint' : ''}>
              <th scope="row" className="px-4 font-medium sm:px-5">
                {creditsOfPack(pack)}
                {highlighted.includes(pack) && (
                  <span className="block text-table font-medium text-accent sm:ml-3 sm:inline">Recommended</span>
                )}
              </th>
              <Td className="text-right">{formatPrice(PACKS[pack].priceCents)}</Td>
              <Td className="text-right text-muted max-sm:hidden">
                {formatPerThousand(PACKS[pack].priceCents, PACKS[pack].credits)}
              </Td>
              <Td className="text-right">
                <Link
                  href={signUpPath({ kind: 'pack', pack })}
                  prefetch={false}
                  className={buttonClass({
                    variant: highlighted.includes(pack) ? 'primary' : 'secondary',
                    size: 'sm',
                    className: 'min-w-24',
                  })}
                  aria-label={`Buy ${creditsOfPack(pack)} credits for ${formatPrice(PACKS[pack].priceCents)}`}
                >
                  Buy · {formatPrice(PACKS[pack].priceCents)}
                </Link>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
