/** The few things that every part of the page needs. */

export const dayMs = 86_400_000;
export const timeZone = 'Europe/Madrid';

export const byId = (id) => document.getElementById(id);

/** Makes an element; text is always text, never markup. */
export function element(tag, { text, style, data, ...properties } = {}, children = []) {
	const made = document.createElement(tag);
	if (text !== undefined) made.textContent = text;
	Object.assign(made, properties);
	Object.assign(made.style, style);
	Object.assign(made.dataset, data);
	made.append(...children);
	return made;
}

/** Puts choices into a select: values, or pairs of value and text. What was chosen stays so. */
export function fill(select, choices) {
	const { value } = select;
	const options = choices.map((choice) => {
		const [own, text] = Array.isArray(choice) ? choice : [choice, String(choice)];
		return element('option', { value: String(own), text });
	});
	const source = (all) => JSON.stringify([...all].map((one) => [one.value, one.textContent]));
	// A list that is open stays open.
	if (source(options) === source(select.options)) return;
	select.replaceChildren(...options);
	if (options.some((option) => option.value === value)) select.value = value;
}

/** Calls the stand-in's control API. Throws what it refuses, or that nobody answers. */
export async function control(method, path, body) {
	const reply = await fetch(`/_sandbox/${path}`, {
		method,
		headers: { 'content-type': 'application/json' },
		body: body === undefined ? undefined : JSON.stringify(body),
	}).catch(() => {
		throw new Error('The stand-in does not answer. Is it still running?');
	});
	const answer = await reply.json();
	if (!reply.ok) throw new Error(answer.error);
	return answer;
}

/** Lets the stand-in do something and says that it is done, or shows why it is not. */
export async function order(method, path, body, said) {
	const refused = byId('refused');
	try {
		await control(method, path, body);
		refused.textContent = '';
		say(said);
	} catch ({ message }) {
		refused.textContent = message;
	}
	refused.hidden = refused.textContent === '';
}

let toSay = [];
let saying;

/** Tells a screen reader what happened; what comes at the same time is told together. */
export function say(text) {
	toSay.push(text);
	saying ??= setTimeout(() => {
		byId('said').textContent =
			toSay.length > 3 ? `${toSay.length} things happened. ${toSay.at(-1)}` : toSay.join(' ');
		toSay = [];
		saying = undefined;
	}, 500);
}

/** A day such as 9 Dec, of a date or a moment; with the year where it is wanted. */
export function shortDay(text, withYear) {
	return new Date(text).toLocaleDateString('en-GB', {
		day: 'numeric',
		month: 'short',
		year: withYear ? 'numeric' : undefined,
		timeZone: text.length > 10 ? timeZone : 'UTC',
	});
}

/** The time of day at the location. */
export const timeOf = (iso) => new Date(iso).toLocaleTimeString('en-GB', { timeZone });
