import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** The fields of a form in Markdown, as a list. Pure. */
export function fieldList(fields: readonly INodeProperties[], all = fields, depth = 0): string {
	return fields
		.filter(({ type }) => type !== 'hidden')
		.flatMap((field) => (field.type === 'notice' ? [] : fieldLines(field, all, depth)))
		.join('\n');
}

/** The notices of a form as paragraphs: n8n shows them as lines above the fields. Pure. */
export function notices(fields: readonly INodeProperties[]): string[] {
	return fields
		.filter(({ type }) => type === 'notice')
		.map(({ displayName }) => prose(displayName));
}

function fieldLines(field: INodeProperties, all: readonly INodeProperties[], depth: number) {
	const indent = '  '.repeat(depth);
	const facts = [kind(field), field.required ? 'required' : '', initial(field)].filter(Boolean);
	const texts = [
		field.description,
		field.hint === undefined ? undefined : `${field.hint}.`,
		shownWhen(field, all),
	];
	const line = `${indent}- **${field.displayName}** \`${field.name}\` (${facts.join(', ')})${colon(texts)}`;
	return [line, ...choices(field, depth + 1)];
}

const colon = (texts: Array<string | undefined>) => {
	const sentences = texts.filter((text) => text !== undefined && text !== '');
	return sentences.length === 0 ? '' : `: ${sentences.map((text) => sentence(text!)).join(' ')}`;
};

/** The editor's descriptions have no full stop where they are one sentence; here they do. */
export function sentence(text: string): string {
	const line = prose(text);
	return /[.!?…]$/.test(line) ? line : `${line}.`;
}

/** HTML of the editor's texts → Markdown on one line. Pure. */
function prose(html: string): string {
	return html
		.replace(/<a\s[^>]*href="([^"]+)"[^>]*>(.*?)<\/a>/g, '[$2]($1)')
		.replace(/<[^>]+>/g, '')
		.replace(/\s+/g, ' ')
		.trim();
}

const KINDS: Partial<Record<INodeProperties['type'], string>> = {
	string: 'text',
	number: 'number',
	boolean: 'switch',
	options: 'one of',
	multiOptions: 'any of',
	dateTime: 'date',
	resourceLocator: 'from the list, or by ID',
	fixedCollection: 'group',
	collection: 'collection',
	json: 'JSON',
};

function kind({ type, typeOptions }: INodeProperties): string {
	const { minValue, maxValue, password } = typeOptions ?? {};
	const words = KINDS[type] ?? type;
	if (password) return 'secret';
	if (minValue === undefined) return words;
	return maxValue === undefined
		? `${words}, at least ${minValue}`
		: `${words} from ${minValue} to ${maxValue}`;
}

function initial({ type, default: value }: INodeProperties): string {
	if (type === 'options') return '';
	if (value === '' || value === undefined || value === null || typeof value === 'object') return '';
	return typeof value === 'boolean' ? (value ? 'on' : 'off') : `default \`${String(value)}\``;
}

function choices(field: INodeProperties, depth: number): string[] {
	const { options = [], type } = field;
	if (type === 'options' || type === 'multiOptions') {
		return (options as INodePropertyOptions[]).map(({ name, value, description }) => {
			const first = value === field.default ? ', default' : '';
			return `${'  '.repeat(depth)}- **${name}** \`${value}\`${first}${colon([description])}`;
		});
	}
	const inner = options.flatMap((option) =>
		'values' in option ? option.values : 'type' in option ? [option] : [],
	);
	return inner.length === 0 ? [] : [fieldList(inner, inner, depth)];
}

/** The condition under which the form shows a field, resource and operation apart. */
function shownWhen(field: INodeProperties, all: readonly INodeProperties[]): string | undefined {
	const named = (name: string) =>
		all.find((other) => other.name === name)?.displayName ?? name.replace(/^\//, '');
	const words = (name: string, values: readonly unknown[] = []) => {
		const other = all.find((one) => one.name === name);
		const shown = values.map((value) => {
			const option = other?.options?.find((one) => 'value' in one && one.value === value);
			if (typeof value === 'boolean') return value ? 'on' : 'off';
			return option?.name ?? String(value);
		});
		return `_${named(name)}_ is ${shown.join(' or ')}`;
	};
	const conditions = Object.entries(field.displayOptions?.show ?? {})
		.filter(([name]) => !['resource', 'operation', '@version'].includes(name))
		.map(([name, values]) => words(name, values));
	const exceptions = Object.entries(field.displayOptions?.hide ?? {})
		.filter(([name]) => name !== '@version')
		.map(([name, values]) => words(name, values));
	if (conditions.length + exceptions.length === 0) return undefined;
	const when = conditions.length > 0 ? ` when ${conditions.join(' and ')}` : '';
	const unless = exceptions.length > 0 ? ` unless ${exceptions.join(' or ')}` : '';
	return `Shown${when}${unless}`;
}
