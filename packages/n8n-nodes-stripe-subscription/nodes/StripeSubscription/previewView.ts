import type { IDataObject } from 'n8n-workflow';
import { isRecord, type VendorRecord } from '../../../../n8n/vendorRecord';
import { isoOf } from './unixSeconds';

/** The invoice that a resume would make (docs.stripe.com, api/invoices/create_preview [D]). Pure. */
export function previewView(subscription: string, invoice: VendorRecord): IDataObject {
	const date = prorationDate(invoice);
	const lines =
		isRecord(invoice.lines) && Array.isArray(invoice.lines.data) ? invoice.lines.data : [];
	return {
		subscriptionId: subscription,
		amountDue: number(invoice.amount_due),
		total: number(invoice.total),
		subtotal: number(invoice.subtotal),
		currency: typeof invoice.currency === 'string' ? invoice.currency : null,
		prorationDate: date,
		prorationDateUtc: isoOf(date),
		lines: lines.filter(isRecord).map((line) => {
			const period = isRecord(line.period) ? line.period : {};
			return {
				description: typeof line.description === 'string' ? line.description : null,
				amount: number(line.amount),
				periodFromUtc: isoOf(period.start),
				periodUntilUtc: isoOf(period.end),
			};
		}),
		raw: invoice as IDataObject,
	};
}

/** The time that prorations were calculated for: to be given to the resume, so that they are the same. */
function prorationDate({
	parent,
	subscription_proration_date: older,
}: VendorRecord): number | null {
	const details = isRecord(parent) ? parent.subscription_details : undefined;
	return number(isRecord(details) ? details.subscription_proration_date : older);
}

function number(value: unknown): number | null {
	return typeof value === 'number' ? value : null;
}
