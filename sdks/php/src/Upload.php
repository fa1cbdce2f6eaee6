<?php
declare(strict_types=1);

namespace EmailVerifier;

use EmailVerifier\Exception\ConfigurationException;

/**
 * Sends a file to the API as a multipart form: the fields first, then the file, which is read while it is sent.
 *
 * @internal
 */
final class Upload
{
    public readonly string $contentType;
    private readonly string $head;
    private readonly string $tail;
    /** @var resource */
    private $file;
    private readonly ?int $start;
    private readonly ?int $fileSize;
    private string $buffer = '';
    private int $sent = 0;
    private bool $isFileDone = false;

    /**
     * @param string|resource $file a path, or a stream opened for reading
     * @param array<string, mixed> $fields
     * @param (callable(int, ?int): void)|null $onProgress called with the bytes sent, and the total if it is known
     */
    public function __construct(mixed $file, ?string $fileName, array $fields, private readonly mixed $onProgress)
    {
        $this->file = is_string($file) ? @fopen($file, 'rb') : $file;
        if (!is_resource($this->file)) {
            throw new ConfigurationException('The file could not be opened.');
        }
        $meta = stream_get_meta_data($this->file);
        $this->start = $meta['seekable'] ? ftell($this->file) : null;
        $size = fstat($this->file)['size'] ?? null;
        $this->fileSize = $this->start === null || $size === null ? null : $size - $this->start;
        $boundary = 'ev-' . bin2hex(random_bytes(16));
        $name = $fileName ?? (is_string($file) ? basename($file) : 'list.csv');
        $this->contentType = "multipart/form-data; boundary=$boundary";
        $this->head = self::head($boundary, $fields, strtr($name, "\"\r\n", '___'));
        $this->tail = "\r\n--$boundary--\r\n";
    }

    public function canReplay(): bool
    {
        return $this->start !== null;
    }

    /** The size of the whole form; null if it is not known. */
    public function size(): ?int
    {
        return $this->fileSize === null ? null : strlen($this->head) + $this->fileSize + strlen($this->tail);
    }

    /** Starts over for another attempt. */
    public function rewind(): void
    {
        if ($this->start !== null) {
            fseek($this->file, $this->start);
        }
        $this->buffer = $this->head;
        $this->sent = 0;
        $this->isFileDone = false;
    }

    public function read(int $length): string
    {
        if ($this->buffer === '' && !$this->isFileDone) {
            $chunk = (string) fread($this->file, $length);
            if ($chunk !== '') {
                $this->sent += strlen($chunk);
                if ($this->onProgress !== null) {
                    ($this->onProgress)($this->sent, $this->fileSize);
                }
                return $chunk;
            }
            $this->isFileDone = true;
            $this->buffer = $this->tail;
        }
        $part = substr($this->buffer, 0, $length);
        $this->buffer = substr($this->buffer, strlen($part));
        return $part;
    }

    /** @param array<string, mixed> $fields */
    private static function head(string $boundary, array $fields, string $name): string
    {
        $head = '';
        foreach ($fields as $key => $value) {
            $text = is_string($value) ? $value : json_encode($value, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR);
            $head .= "--$boundary\r\ncontent-disposition: form-data; name=\"$key\"\r\n\r\n$text\r\n";
        }
        $head .= "--$boundary\r\ncontent-disposition: form-data; name=\"file\"; filename=\"$name\"\r\n";
        return $head . "content-type: application/octet-stream\r\n\r\n";
    }
}
