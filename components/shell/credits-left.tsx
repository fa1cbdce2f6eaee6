/** "94 credits left", with what is set aside for checks that still run. */
export function CreditsLeft({ available, held }: { available: number; held: number }) {
  return (
    <>
      {available.toLocaleString('en')} {available === 1 ? 'credit' : 'credits'} left
      {held > 0 && <span className="text-subtle"> · {held.toLocaleString('en')} held</span>}
    </>
  );
}
