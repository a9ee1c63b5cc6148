/** The first day of the month so many months from now, such as `2027-08-01`. */
export function firstOfMonth(months: number): string {
	const now = new Date();
	return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1))
		.toISOString()
		.slice(0, 10);
}
