'use client';

import { Button, type ButtonProps } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { CopyButton } from '@/components/ui/copy-button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Kbd } from '@/components/ui/kbd';
import { RadioCard } from '@/components/ui/radio-card';
import { Select } from '@/components/ui/select';
import { Textarea } from '@/components/ui/textarea';
import { Shelf, Specimen } from './shelf';

const VARIANTS: readonly NonNullable<ButtonProps['variant']>[] = ['primary', 'secondary', 'ghost', 'danger'];
const SIZES: readonly NonNullable<ButtonProps['size']>[] = ['sm', 'md', 'lg'];

export const Controls = () => (
  <Shelf id="controls" title="Controls">
    {VARIANTS.map((variant) => (
      <Specimen key={variant} name={`Button, ${variant}: three sizes, busy, disabled`}>
        {SIZES.map((size) => (
          <Button key={size} variant={variant} size={size}>
            Verify · up to 1 credit
          </Button>
        ))}
        <Button variant={variant} loading>
          Verifying
        </Button>
        <Button variant={variant} disabled>
          Verify
        </Button>
      </Specimen>
    ))}
    <Specimen name="Copy button, keys">
      <CopyButton value="evk_test_">Copy the key</CopyButton>
      <CopyButton value="evk_test_" label="Copy" />
      <Kbd>⌘K</Kbd>
    </Specimen>
    <Specimen name="Field: at rest, filled, refused, disabled">
      <div className="grid w-full gap-5 sm:grid-cols-2">
        <Field label="Email address" htmlFor="field-rest" hint="One address.">
          <Input id="field-rest" placeholder="name@example.com" />
        </Field>
        <Field label="Filled" htmlFor="field-filled">
          <Input id="field-filled" defaultValue="alice@example.com" className="font-mono" />
        </Field>
        <Field label="Refused" htmlFor="field-error" error="This is not an address that a mail server could accept.">
          <Input id="field-error" defaultValue="alice@" />
        </Field>
        <Field label="Disabled" htmlFor="field-disabled">
          <Input id="field-disabled" defaultValue="alice@example.com" disabled />
        </Field>
        <Field label="Select" htmlFor="field-select">
          <Select id="field-select" defaultValue="newsletter">
            <option value="newsletter">Newsletter</option>
            <option value="signup">Signup form</option>
          </Select>
        </Field>
        <Field label="Text of several lines" htmlFor="field-text">
          <Textarea id="field-text" rows={3} defaultValue={'alice@example.com\nbob@example.com'} className="font-mono" />
        </Field>
      </div>
    </Specimen>
    <Specimen name="Choices">
      <div className="grid w-full gap-3 sm:grid-cols-2">
        <Checkbox label="Tell me when the list is done" hint="By email, once." defaultChecked />
        <Checkbox label="Disabled" disabled />
        <RadioCard name="mode" label="In full" hint="Sets 1,204 credits aside." defaultChecked />
        <RadioCard name="mode" label="Until the credits run out" hint="Pauses when they are used up." />
      </div>
    </Specimen>
  </Shelf>
);
