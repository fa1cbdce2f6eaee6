// What the name of an address alone says of its catch-all answer: all that is known on the command line, to visitors and to test keys.
import { type Address, parseAddress } from './address';
import { type Graded, type GradeEvidence, gradeOf, NO_GRADE_EVIDENCE } from './grade';
import { readName } from './name-shape';

export interface AddressToGrade {
  email: string;
  /** The name is a task's or a group's (the flag `role`). */
  isRole: boolean;
}

export function gradeByName({ email, isRole }: AddressToGrade): Graded {
  const parsed = parseAddress(email);
  return gradeOf({ ...NO_GRADE_EVIDENCE, looks: parsed.ok ? looksOf(parsed.address, isRole) : null });
}

export const looksOf = ({ localPart }: Address, isRole: boolean): GradeEvidence['looks'] =>
  isRole ? 'role' : readName(localPart).looks;
