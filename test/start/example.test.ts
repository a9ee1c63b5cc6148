import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Nexudus } from '../../embedded-n8n/nexudus';
import { CHECKOUT } from '../../start/package';
import { EXAMPLE_FILE, EXAMPLE_WEBHOOK, readWorkflow, withCredentials } from '../../start/example';

const FOLDER = join(CHECKOUT, 'examples');
const NODE = 'n8n-nodes-nexudus.nexudus';
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const { properties } = new Nexudus().description;

interface Shown {
	show?: Record<string, unknown[] | undefined>;
}

/** The node's own property of this name for the resource and operation chosen. */
function propertyFor(name: string, parameters: Record<string, unknown>) {
	return properties.find(
		(property) =>
			property.name === name &&
			['actAs', 'resource', 'operation'].every((key) => {
				const allowed = (property.displayOptions as Shown | undefined)?.show?.[key];
				const value = parameters[key] ?? (key === 'actAs' ? 'customer' : undefined);
				return allowed === undefined || allowed.includes(value);
			}),
	);
}

describe.each(files)('examples/%s', (file) => {
	const workflow = readWorkflow(join(FOLDER, file));
	const ours = workflow.nodes.filter(({ type }) => type === NODE);

	it('uses the node of this package', () => {
		expect(ours.length).toBeGreaterThan(0);
	});

	it.each(ours.map((node) => [node.name, node] as const))(
		'%s sets only parameters and options that the node has',
		(_name, { parameters }) => {
			for (const [name, value] of Object.entries(parameters)) {
				const property = propertyFor(name, parameters);
				expect({ name, known: property !== undefined }).toEqual({ name, known: true });
				if (property?.type !== 'collection') continue;
				const known = property.options?.map((option) => option.name) ?? [];
				expect(known).toEqual(expect.arrayContaining(Object.keys(value as object)));
			}
		},
	);

	it.each(ours.map((node) => [node.name, node.parameters] as const))(
		'%s asks for an operation that the node has',
		(_name, parameters) => {
			const operations = propertyFor('operation', parameters)?.options ?? [];
			expect(operations.map((option) => 'value' in option && option.value)).toContain(
				parameters.operation,
			);
		},
	);

	it('contains no credential', () => {
		expect(workflow.nodes.filter(({ credentials }) => credentials)).toEqual([]);
	});

	it('connects only nodes that it has', () => {
		const names = workflow.nodes.map(({ name }) => name);
		const targets = [...JSON.stringify(workflow.connections).matchAll(/"node":"([^"]+)"/g)];
		for (const [, target] of targets) expect(names).toContain(target);
		for (const source of Object.keys(workflow.connections)) expect(names).toContain(source);
	});
});

describe('the example that npm start runs', () => {
	const workflow = readWorkflow(EXAMPLE_FILE);

	it('has a webhook which authenticates its caller', () => {
		const webhook = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.webhook');
		expect(webhook?.parameters).toMatchObject({
			path: EXAMPLE_WEBHOOK,
			httpMethod: 'POST',
			authentication: 'headerAuth',
			responseMode: 'responseNode',
		});
	});

	it('gets its credentials where the node types take them, and nowhere else', () => {
		const chosen = withCredentials(workflow, [
			{ id: '1', name: 'Nexudus', type: 'nexudusCustomerSessionApi' },
			{ id: '2', name: 'Caller', type: 'httpHeaderAuth' },
		]);
		const ids = Object.fromEntries(chosen.nodes.map((node) => [node.name, node.credentials]));
		expect(ids).toMatchObject({
			Webhook: { httpHeaderAuth: { id: '2', name: 'Caller' } },
			Pause: { nexudusCustomerSessionApi: { id: '1', name: 'Nexudus' } },
			'Get Pause Meta': { nexudusCustomerSessionApi: { id: '1', name: 'Nexudus' } },
		});
		expect(ids.Respond).toBeUndefined();
	});
});
