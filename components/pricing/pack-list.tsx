import Link from 'next/link';
import { buttonClass } from '@/components/ui/button-class';
import { signUpPath } from '@/lib/billing/rules/billing';
import { formatPerThousand, formatPrice, PACK_IDS, type PackId, PACKS } from '@/lib/billing/rules/offers';
import { creditsOfPack } from './choice-words';

const CELL = 'px-4 py-3 sm:px-5';

/** `highlighted`: those that the slider leads to. */
export function PackList({ highlighted = [] }: { highlighted?: readonly PackId[] }) {
  return (
    <div className="relative overflow-x-auto rounded-card border border-hairline">
      <table className="w-full text-left text-body tabular-nums">
        <caption className="sr-only">Packs of credits that never expire</caption>
        <thead className="bg-raised text-table text-muted">
          <tr>
            <th scope="col" className={`${CELL} font-medium`}>
              Credits
            </th>
            <th scope="col" className={`${CELL} text-right font-medium`}>
              Price
            </th>
            <th scope="col" className={`${CELL} hidden text-right font-medium sm:table-cell`}>
              Per 1,000
            </th>
            <th scope="col" className={CELL}>
              <span className="sr-only">Buy</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {PACK_IDS.map((pack) => (
            <tr key={pack} className={`border-t border-hairline ${highlighted.includes(pack) ? 'bg-pending-tint' : ''}`}>
              <th scope="row" className={`${CELL} font-medium`}>
                {creditsOfPack(pack)}
                {highlighted.includes(pack) && <span className="ml-3 text-table font-medium text-accent">Recommended</span>}
              </th>
              <td className={`${CELL} text-right`}>{formatPrice(PACKS[pack].priceCents)}</td>
              <td className={`${CELL} hidden text-right text-muted sm:table-cell`}>
                {formatPerThousand(PACKS[pack].priceCents, PACKS[pack].credits)}
              </td>
              <td className={`${CELL} text-right`}>
                <Link
                  href={signUpPath({ kind: 'pack', pack })}
                  prefetch={false}
                  className={buttonClass({ variant: highlighted.includes(pack) ? 'primary' : 'secondary', size: 'sm' })}
                  aria-label={`Buy ${creditsOfPack(pack)} credits for ${formatPrice(PACKS[pack].priceCents)}`}
                >
                  Buy · {formatPrice(PACKS[pack].priceCents)}
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
