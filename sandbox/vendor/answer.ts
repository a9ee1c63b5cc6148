/** What the vendor says to one request. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: string;
}

export function json(status: number, value: unknown): Answer {
	return {
		status,
		headers: { 'content-type': 'application/json; charset=utf-8' },
		body: JSON.stringify(value),
	};
}

export function html(status: number, title: string): Answer {
	return {
		status,
		headers: { 'content-type': 'text/html; charset=utf-8' },
		body: `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
	};
}

/** A 400 "with an error code"; the shape of that body is not documented [?]. */
export function refusal(code: string): Answer {
	return json(400, { Message: code });
}

/** developers.nexudus.com rest-api post-webhooks, the ActionConfirmation envelope [D]. */
export function confirmation(
	message: string,
	status = 200,
	wasSuccessful = true,
): Record<string, unknown> {
	return {
		Status: status,
		Message: message,
		Value: null,
		OpenInDialog: false,
		OpenInWindow: false,
		RedirectURL: null,
		JavaScript: null,
		UpdatedOn: null,
		UpdatedBy: null,
		Errors: null,
		WasSuccessful: wasSuccessful,
	};
}
