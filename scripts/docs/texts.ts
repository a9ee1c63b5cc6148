import * as ts from 'typescript';

/** How deep names are followed: a text is made of a few pieces, never of itself. */
const DEEPEST = 6;

/**
 * The texts that an expression can give, as far as the source tells; what is only known when it
 * runs stands in ‹…› under its name. Both ways of a condition count where it is the whole text;
 * inside a text the fuller one stands for both. Pure.
 *
 * @param known texts of names that the source of the expression does not declare
 */
export function textsOf(expression: ts.Expression, known: Known = new Map(), depth = 0): string[] {
	const inner = (one: ts.Expression) => textsOf(one, known, depth + 1);
	const node = bare(expression);
	if (depth > DEEPEST) return [placeholder(node)];
	if (ts.isStringLiteralLike(node)) return [node.text];
	if (ts.isTemplateExpression(node)) {
		return node.templateSpans.reduce(
			(texts, span) => joined(joined(texts, part(span.expression, inner)), [span.literal.text]),
			[node.head.text],
		);
	}
	if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
		return joined(part(node.left, inner), part(node.right, inner));
	}
	if (
		ts.isBinaryExpression(node) &&
		node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken
	) {
		return unique([...inner(node.left), ...inner(node.right)]);
	}
	if (ts.isConditionalExpression(node)) {
		return unique([...inner(node.whenTrue), ...inner(node.whenFalse)]);
	}
	if (ts.isCallExpression(node)) return ofCall(node, inner) ?? [placeholder(node)];
	if (ts.isArrowFunction(node)) return ofFunction(node, inner);
	if (ts.isIdentifier(node)) {
		return ofName(node, inner) ?? [...(known.get(node.text) ?? [placeholder(node)])];
	}
	return [placeholder(node)];
}

export type Known = ReadonlyMap<string, readonly string[]>;
type Inner = (expression: ts.Expression) => string[];

const unique = (texts: readonly string[]) => [...new Set(texts)];

function joined(left: readonly string[], right: readonly string[]): string[] {
	return left.flatMap((one) => right.map((other) => one + other));
}

function bare(expression: ts.Expression): ts.Expression {
	let node = expression;
	while (
		ts.isParenthesizedExpression(node) ||
		ts.isAsExpression(node) ||
		ts.isNonNullExpression(node) ||
		ts.isAwaitExpression(node)
	) {
		node = node.expression;
	}
	return node;
}

/** A piece of a text: of a condition, the way that says more; of a call, its name. */
function part(expression: ts.Expression, inner: Inner): string[] {
	const node = bare(expression);
	if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
		return node.expression.text === 'capital' ? inner(node) : [placeholder(node)];
	}
	if (!ts.isConditionalExpression(node)) return inner(node);
	const ways = [...part(node.whenTrue, inner), ...part(node.whenFalse, inner)];
	const fullness = (text: string) => text.split('‹').length * 1000 + text.length;
	return [ways.reduce((best, way) => (fullness(way) > fullness(best) ? way : best))];
}

/** Methods and functions that leave a text what it says. */
const KEEPS_TEXT = ['replace', 'trim'];

function ofCall(node: ts.CallExpression, inner: Inner): string[] | undefined {
	const { expression: callee } = node;
	if (ts.isPropertyAccessExpression(callee)) {
		if (!KEEPS_TEXT.includes(callee.name.text)) return undefined;
		const [from, to] = node.arguments.filter(ts.isStringLiteralLike);
		const texts = inner(callee.expression);
		return from && to ? texts.map((text) => text.replace(from.text, to.text)) : texts;
	}
	if (!ts.isIdentifier(callee)) return undefined;
	if (callee.text === 'capital' && node.arguments[0]) {
		return inner(node.arguments[0]).map((text) => text.charAt(0).toUpperCase() + text.slice(1));
	}
	const made = declared(callee)?.flatMap((one) => (isFunction(one) ? ofFunction(one, inner) : []));
	return made?.some(saysSomething) ? made : undefined;
}

type FunctionLike = ts.ArrowFunction | ts.FunctionDeclaration | ts.FunctionExpression;

const isFunction = (node: ts.Node): node is FunctionLike =>
	ts.isArrowFunction(node) || ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node);

function ofFunction(made: FunctionLike, inner: Inner): string[] {
	if (!made.body) return [];
	if (!ts.isBlock(made.body)) return inner(made.body);
	return unique(returned(made.body).flatMap(inner));
}

/** What a function returns, those inside it left out. */
function returned(node: ts.Node): ts.Expression[] {
	if (isFunction(node)) return [];
	if (ts.isReturnStatement(node)) return node.expression ? [node.expression] : [];
	const found: ts.Expression[] = [];
	ts.forEachChild(node, (child) => void found.push(...returned(child)));
	return found;
}

/** What a name stands for: a constant beside it, or what callers in the same file give for it. */
function ofName(name: ts.Identifier, inner: Inner): string[] | undefined {
	const texts = declared(name)?.flatMap((one) =>
		isFunction(one) ? [] : ts.isExpression(one) ? inner(one) : [],
	);
	return texts?.some(saysSomething) ? unique(texts.filter((text) => text !== '')) : undefined;
}

const saysSomething = (text: string) => /\p{L}{2}/u.test(text.replace(/‹[^›]*›/g, ''));

/** The nearest declaration of a name around it: initial value, function, or arguments of calls. */
function declared(name: ts.Identifier): ts.Node[] | undefined {
	for (let scope: ts.Node = name.parent; scope !== undefined; scope = scope.parent) {
		if (isFunction(scope)) {
			const index = scope.parameters.findIndex(({ name: own }) => own.getText() === name.text);
			if (index >= 0) return argumentsAt(scope, index);
		}
		if (ts.isBlock(scope) || ts.isSourceFile(scope)) {
			const found = scope.statements.flatMap((statement) => declarationIn(statement, name.text));
			if (found.length > 0) return found;
		}
	}
	return undefined;
}

function declarationIn(statement: ts.Statement, name: string): ts.Node[] {
	if (ts.isFunctionDeclaration(statement)) return statement.name?.text === name ? [statement] : [];
	if (!ts.isVariableStatement(statement)) return [];
	return statement.declarationList.declarations.flatMap((one) =>
		one.name.getText() === name && one.initializer ? [bare(one.initializer)] : [],
	);
}

/** The arguments that calls of a named function in the same file give at a place. */
function argumentsAt(made: FunctionLike, index: number): ts.Node[] {
	const named = ts.isFunctionDeclaration(made)
		? made.name?.text
		: ts.isVariableDeclaration(made.parent)
			? made.parent.name.getText()
			: undefined;
	const found: ts.Node[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isCallExpression(node) && node.expression.getText() === named && node.arguments[index]) {
			found.push(node.arguments[index]);
		}
		ts.forEachChild(node, visit);
	};
	if (named !== undefined) visit(made.getSourceFile());
	return found;
}

/** Functions that say what they are given. */
const SAY_ARGUMENT = ['shown', 'String', 'Number', 'capital', 'isoOf'];

function placeholder(node: ts.Expression): string {
	return `‹${nameOf(node)}›`;
}

function nameOf(expression: ts.Expression): string {
	const node = bare(expression);
	if (ts.isIdentifier(node)) return node.text;
	if (ts.isPropertyAccessExpression(node)) return node.name.text;
	if (ts.isElementAccessExpression(node)) return nameOf(node.expression);
	if (ts.isBinaryExpression(node)) return nameOf(node.left);
	if (ts.isNewExpression(node) && node.arguments?.[0]) return nameOf(node.arguments[0]);
	if (ts.isCallExpression(node)) {
		const { expression: callee } = node;
		if (ts.isPropertyAccessExpression(callee)) return nameOf(callee.expression);
		const name = callee.getText();
		return SAY_ARGUMENT.includes(name) && node.arguments[0] ? nameOf(node.arguments[0]) : name;
	}
	return '…';
}
