import type { ChangeGroup, Release } from '@/content/changelog';
import { Prose } from '@/components/marketing/prose';

const RELEASE_TITLES: Readonly<Record<string, string>> = { Unreleased: 'Newest' };

export function ChangelogList({ releases }: { releases: readonly Release[] }) {
  return releases.map((release) => (
    <section key={release.title} className="mt-12 border-t border-hairline pt-8">
      <h2 className="text-page font-semibold tracking-tight">{RELEASE_TITLES[release.title] ?? release.title}</h2>
      {release.groups.map((group) => (
        <Group key={group.id} group={group} />
      ))}
    </section>
  ));
}

function Group({ group }: { group: ChangeGroup }) {
  return (
    <section aria-labelledby={group.id} className="mt-8 gap-8 md:grid md:grid-cols-[14rem_minmax(0,1fr)]">
      <h3 id={group.id} className="text-lead font-semibold">
        {group.title}
      </h3>
      <Prose>
        <ul className="md:[&&]:mt-0 [&>li:first-child]:mt-0">
          {group.points.map((point) => (
            <li key={point}>
              <Point text={point} />
            </li>
          ))}
        </ul>
      </Prose>
    </section>
  );
}

/** Text in backticks is code: every second part of the split. */
function Point({ text }: { text: string }) {
  return text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));
}
