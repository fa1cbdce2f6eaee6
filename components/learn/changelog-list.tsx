import type { ChangeDay, ChangeGroup } from '@/content/changelog';
import { Prose } from '@/components/marketing/prose';

const DAY = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' });

/** What changed on each day. On a desktop the day stays in view beside its changes. */
export function ChangelogList({ days }: { days: readonly ChangeDay[] }) {
  return days.map(({ day, groups }) => (
    <section
      key={day}
      aria-labelledby={day}
      className="mt-12 gap-8 border-t border-hairline pt-8 md:grid md:grid-cols-[14rem_minmax(0,1fr)]"
    >
      <h2 id={day} className="text-lead text-muted md:sticky md:top-20 md:self-start">
        <time dateTime={day}>{DAY.format(new Date(day))}</time>
      </h2>
      <div className="grid gap-10 max-md:mt-6">
        {groups.map((group) => (
          <Group key={group.id} group={group} />
        ))}
      </div>
    </section>
  ));
}

function Group({ group: { id, title, points } }: { group: ChangeGroup }) {
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="scroll-mt-20 text-section font-semibold tracking-tight">
        <a href={`#${id}`} className="rounded-control hover:text-accent">
          {title}
        </a>
      </h3>
      <Prose>
        <ul>
          {points.map((point) => (
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
