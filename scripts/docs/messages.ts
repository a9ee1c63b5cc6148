import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { ROOT, shippedSources } from './shipped';
import { textsOf, type Known } from './texts';

/** One message that the shipped code can give, as it stands there. */
export interface Message {
	/** Relative to the root of the repository. */
	file: string;
	/** What a workflow can branch on; none where the message itself has no code. */
	codes: string[];
	/** Values that are filled in stand in ‹…›. */
	text: string;
	/** The ways out that the code gives; none where the message itself holds it. */
	wayOut: string[];
}

/**
 * Every text of an error in the shipped sources: what is handed to the constructor of an error, and
 * what stands under `message` or `sentence` in an object.
 * @throws Error for a text that cannot be told from the source, so that none is left out silently
 */
export function shippedMessages(): Message[] {
	const sources = shippedSources().map((file) => sourceOf(file, read(file)));
	const errors = new Map(sources.flatMap(errorClasses));
	const known = new Map(sources.flatMap(constants));
	return sources.flatMap((source) => messagesIn(source, errors, known));
}

/** What each vendor's words put into the messages of the bridge; the code is the name there. */
export function vendorPhrases(): Message[] {
	return shippedSources().flatMap((file) => {
		const found: Message[] = [];
		const visit = (node: ts.Node): void => {
			if (ts.isObjectLiteralExpression(node)) {
				for (const name of ['whereToLook', 'foreignAnswer']) {
					const phrase = property(node, name);
					for (const text of phrase ? textsOf(phrase) : []) {
						found.push({ file, codes: [name], text, wayOut: [] });
					}
				}
			}
			ts.forEachChild(node, visit);
		};
		visit(sourceOf(file, read(file)));
		return found;
	});
}

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** A source text, parsed. Pure. */
export function sourceOf(file: string, code: string): ts.SourceFile {
	return ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
}

/** Texts that only pass on one whose own site is found: they say nothing, or next to nothing, of their own. */
const isPassedOn = (text: string) =>
	text === 'Nexudus sign-in: ‹sentence›' ||
	(!hasWords(text) && /‹(message\w*|text|refusals|cause|error|sentence|what)›/.test(text));

/** The messages of one source. Pure. */
export function messagesIn(
	source: ts.SourceFile,
	errors: ReadonlyMap<string, ErrorClass> = new Map(),
	known: Known = new Map(),
): Message[] {
	const found: Message[] = [];
	const add = (site: ts.Node, message: Omit<Message, 'file'>) => {
		if (isPassedOn(message.text)) return;
		if (!hasWords(message.text)) {
			const { line } = source.getLineAndCharacterOfPosition(site.getStart());
			const place = `${source.fileName}:${line + 1}`;
			throw new Error(`${place}: the source does not tell what this message says: ${message.text}`);
		}
		found.push({ file: source.fileName, ...message });
	};
	const texts = (expression: ts.Expression | undefined) =>
		expression === undefined ? [] : textsOf(expression, known);

	const ofError = (node: ts.NewExpression): void => {
		const { text, advice, code } = errorOf(node, errors);
		const wayOut = texts(advice ?? property(lastObject(node), 'description'));
		for (const one of text(known)) add(node, { text: one, codes: code ? [code] : [], wayOut });
	};
	const ofObject = (node: ts.ObjectLiteralExpression): void => {
		// A hint: what the editor shows beside the output.
		if (property(node, 'location')) return;
		const message = property(node, 'message');
		const codes = casesAround(node, property(node, 'code')) ?? texts(property(node, 'code'));
		const wayOut = texts(property(node, 'description'));
		for (const text of texts(message)) add(node, { text, codes, wayOut });
		const bySentence = [...errors.values()].find(({ parameters }) =>
			parameters.includes('sentence'),
		);
		for (const sentence of bySentence ? texts(property(node, 'sentence')) : []) {
			const whole = bySentence!.texts(new Map([...known, ['sentence', [sentence]]]));
			for (const text of whole) add(node, { text, codes: [], wayOut: [] });
		}
	};

	const visit = (node: ts.Node): void => {
		if (ts.isNewExpression(node) && isErrorName(node.expression.getText())) ofError(node);
		if (ts.isObjectLiteralExpression(node)) ofObject(node);
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

/** The labels of the `case` that an object stands in, where its code is the one decided on. */
function casesAround(node: ts.Node, code: ts.Expression | undefined): string[] | undefined {
	if (code === undefined || !ts.isPropertyAccessExpression(code)) return undefined;
	let clause: ts.Node = node;
	while (!ts.isCaseClause(clause)) {
		if (ts.isSourceFile(clause) || ts.isDefaultClause(clause)) return undefined;
		clause = clause.parent;
	}
	if (!clause.parent.parent.expression.getText().endsWith(code.getText())) return undefined;
	const clauses = [...clause.parent.clauses];
	const labels: string[] = [];
	for (let index = clauses.indexOf(clause); index >= 0; index--) {
		const one = clauses[index];
		if (one !== clause && one.statements.length > 0) break;
		if (ts.isCaseClause(one) && ts.isStringLiteral(one.expression))
			labels.unshift(one.expression.text);
	}
	return labels.length > 0 ? labels : undefined;
}

const hasWords = (text: string) =>
	(text.replace(/‹[^›]*›/g, ' ').match(/\p{L}{2,}/gu) ?? []).length > 1;

/** A plain `Error` is no message for users: it is a fault of ours, and reported as one. */
const isErrorName = (name: string) => /\wError$|^BadInput$/.test(name);

/** A class of errors: how its constructor makes a message of what it is given. */
export interface ErrorClass {
	parameters: string[];
	texts(given: Known): string[];
}

/** The classes of errors that a source declares, by name. Pure. */
export function errorClasses(source: ts.SourceFile): Array<readonly [string, ErrorClass]> {
	return source.statements.filter(ts.isClassDeclaration).flatMap((made) => {
		const constructor = made.members.find(ts.isConstructorDeclaration);
		const call = constructor?.body?.statements
			.filter(ts.isExpressionStatement)
			.map(({ expression }) => expression)
			.filter(ts.isCallExpression)
			.find(({ expression }) => expression.kind === ts.SyntaxKind.SuperKeyword);
		if (!made.name || !constructor || !call?.arguments[0] || !isErrorName(made.name.text))
			return [];
		const [message] = call.arguments;
		const parameters = constructor.parameters.map(({ name }) => name.getText());
		return [[made.name.text, { parameters, texts: (given) => textsOf(message, given) }] as const];
	});
}

/** The texts that a source declares under a name in capitals, for other sources. Pure. */
export function constants(source: ts.SourceFile): Array<readonly [string, string[]]> {
	return source.statements
		.filter(ts.isVariableStatement)
		.flatMap(({ declarationList }) =>
			declarationList.declarations.flatMap(({ name, initializer }) =>
				/^[A-Z_]{3,}$/.test(name.getText()) && initializer && ts.isStringLiteralLike(initializer)
					? [[name.getText(), [initializer.text]] as const]
					: [],
			),
		);
}

/** What a `new …Error(…)` says, and where it says how to go on. */
function errorOf(node: ts.NewExpression, errors: ReadonlyMap<string, ErrorClass>) {
	const name = node.expression.getText();
	const given = node.arguments ?? [];
	const own = errors.get(name);
	if (own === undefined) {
		// n8n's own errors of nodes take the node first.
		const message = given[/^Node/.test(name) ? 1 : 0];
		return { text: (known: Known) => (message ? textsOf(message, known) : ['‹message›']) };
	}
	const argument = (parameter: string): ts.Expression | undefined =>
		given[own.parameters.indexOf(parameter)];
	type Way = ReadonlyArray<readonly [parameter: string, texts: readonly string[]]>;
	const ways = (known: Known) =>
		own.parameters.reduce<Way[]>(
			(before, parameter) => {
				const expression = argument(parameter);
				const texts = expression ? textsOf(expression, known) : [`‹${parameter}›`];
				return before.flatMap((way) => texts.map((text) => [...way, [parameter, [text]] as const]));
			},
			[[]],
		);
	return {
		text: (known: Known) => ways(known).flatMap((way) => own.texts(new Map([...known, ...way]))),
		advice: argument('advice'),
		code: name === 'BadInput' ? 'badInput' : undefined,
	};
}

function lastObject(node: ts.NewExpression): ts.ObjectLiteralExpression | undefined {
	return node.arguments?.filter(ts.isObjectLiteralExpression).at(-1);
}

function property(
	node: ts.ObjectLiteralExpression | undefined,
	wanted: string,
): ts.Expression | undefined {
	for (const one of node?.properties ?? []) {
		if (one.name?.getText() !== wanted) continue;
		if (ts.isPropertyAssignment(one)) return one.initializer;
		if (ts.isShorthandPropertyAssignment(one)) return one.name;
	}
	return undefined;
}
