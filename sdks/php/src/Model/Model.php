<?php
declare(strict_types=1);

namespace EmailVerifier\Model;

/** A part of an answer. Fields that a later API adds are ignored. */
abstract class Model
{
    /** @var array<string, class-string<Model>> of each list of models, by its name */
    protected const ARRAYS = [];

    /** @var array<class-string<Model>, array<string, array{string, class-string<Model>|null}>> */
    private static array $shapes = [];

    /**
     * @param array<string, mixed> $data
     * @throws \TypeError if the data does not have this shape
     */
    public static function from(array $data): static
    {
        $values = [];
        foreach (self::shape() as $name => [$key, $model]) {
            $value = $data[$key] ?? null;
            if ($value === null && !array_key_exists($key, $data)) {
                continue;
            }
            $values[$name] = $value === null || $model === null ? $value : self::read($model, $value, isset(static::ARRAYS[$name]));
        }
        return new static(...$values);
    }

    /** @param class-string<Model> $model */
    private static function read(string $model, array $value, bool $isList): mixed
    {
        return $isList ? array_map(static fn (array $item) => $model::from($item), $value) : $model::from($value);
    }

    /**
     * Of each field its key in JSON, and its model where it is one.
     *
     * @return array<string, array{string, class-string<Model>|null}>
     */
    private static function shape(): array
    {
        if (isset(self::$shapes[static::class])) {
            return self::$shapes[static::class];
        }
        $shape = [];
        foreach ((new \ReflectionMethod(static::class, '__construct'))->getParameters() as $parameter) {
            $name = $parameter->getName();
            $type = $parameter->getType();
            $own = $type instanceof \ReflectionNamedType && !$type->isBuiltin() ? $type->getName() : null;
            $key = strtolower(preg_replace('/[A-Z]/', '_$0', $name));
            $shape[$name] = [$key, static::ARRAYS[$name] ?? $own];
        }
        return self::$shapes[static::class] = $shape;
    }
}
