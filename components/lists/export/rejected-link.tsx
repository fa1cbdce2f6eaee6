/** Downloads the rows that hold no address, with what is wrong with each. A form, because its answer is a link of its own each time. */
export function RejectedLink({ listId }: { listId: string }) {
  return (
    <form method="post" action={`/api/lists/${listId}/downloads`} className="text-table">
      <input type="hidden" name="segment" value="rejected" />
      <button type="submit" className="rounded-control text-accent underline underline-offset-2 hover:no-underline">
        Download them, with what is wrong
      </button>
    </form>
  );
}
