import type { CreateChange, UpdateChange } from './periodChange';
import type { PausePeriod } from './periodState';

/**
 * The vendor's `Notes` of a pause period: the text given, then why and for whom. An update that
 * names no notes keeps what is there. Null is none. Pure.
 */
export function notesOf(
	change: CreateChange | UpdateChange,
	existing: Pick<PausePeriod, 'notes'> | null,
): string | null {
	const text = change.notes === undefined ? (existing?.notes ?? null) : change.notes;
	const lines = [
		change.reason === null ? null : `Reason: ${change.reason}`,
		change.requestedBy === null ? null : `Requested by: ${change.requestedBy}`,
	];
	const said = lines.filter((line) => line !== null && !text?.includes(line));
	const whole = [text, ...said].filter((part) => part !== null && part !== '').join('\n');
	return whole === '' ? null : whole;
}

/** Line ends and blanks around may come back in another form. */
export function sameNotes(a: string | null, b: string | null): boolean {
	const plain = (notes: string | null) => (notes ?? '').replace(/\r\n?/g, '\n').trim();
	return plain(a) === plain(b);
}
