<?php
declare(strict_types=1);

namespace EmailVerifier;

use EmailVerifier\Model\Model;

/**
 * Iterates over all items of a listing and loads pages as needed: `foreach ($client->lists->results($id) as $row)`.
 *
 * @template T of Model
 * @implements \IteratorAggregate<int, T>
 */
final class Pages implements \IteratorAggregate
{
    /**
     * @internal
     * @param array<string, mixed> $query
     * @param class-string<T> $model
     */
    public function __construct(
        private readonly Transport $transport,
        private readonly string $path,
        private readonly array $query,
        private readonly string $model,
    ) {
    }

    /**
     * Returns one page and the cursor of the next, if you keep cursors yourself.
     *
     * @return array{list<T>, ?string}
     */
    public function page(?string $cursor = null): array
    {
        return $this->transport->page($this->model, new Call('GET', $this->path, $this->query + ['cursor' => $cursor]));
    }

    /** @return \Generator<int, T> */
    public function getIterator(): \Generator
    {
        $number = 0;
        $cursor = null;
        do {
            [$items, $cursor] = $this->page($cursor);
            foreach ($items as $item) {
                yield $number++ => $item;
            }
        } while ($cursor !== null);
    }
}
