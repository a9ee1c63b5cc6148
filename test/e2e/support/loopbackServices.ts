import fastify from 'fastify';

/** A tool that the model is offered. */
export interface OfferedTool {
	name: string;
	description: string;
	parameters: { properties: Record<string, { description?: string }> };
}

/** What the model is asked, as far as the scripts look at it. */
export interface Turn {
	tools: OfferedTool[];
	/** Answers of the tools so far, oldest first. */
	toolReplies: string[];
	/** What the person has said so far, oldest first. */
	said: string[];
}

export type ToolCall = { tool: string; arguments: Record<string, unknown> };
/** What the model says to a turn: a tool to call, or its last words. */
export type Script = (turn: Turn) => ToolCall | string;

export interface ScriptedModel {
	/** Base URL as n8n's OpenAI credential takes it. */
	url: string;
	play(script: Script): void;
	/** Every turn that was asked for since the script was set. */
	turns: Turn[];
	close(): Promise<void>;
}

interface ChatRequest {
	messages: Array<{ role: string; content?: string }>;
	tools?: Array<{ function: OfferedTool }>;
}

/** A chat model behind OpenAI's interface (chat completions) that says what a script tells it to. */
export async function startScriptedModel(): Promise<ScriptedModel> {
	const turns: Turn[] = [];
	let script: Script = () => 'No script';
	const app = fastify({ bodyLimit: 10_000_000 });
	app.post<{ Body: ChatRequest }>('/v1/chat/completions', ({ body }) => {
		const turn: Turn = {
			tools: (body.tools ?? []).map((tool) => tool.function),
			toolReplies: body.messages
				.filter(({ role }) => role === 'tool')
				.map(({ content }) => content ?? ''),
			said: body.messages
				.filter(({ role }) => role === 'user')
				.map(({ content }) => JSON.stringify(content)),
		};
		turns.push(turn);
		const said = script(turn);
		const id = `call-${turns.length}`;
		const message =
			typeof said === 'string'
				? { role: 'assistant', content: said }
				: {
						role: 'assistant',
						content: null,
						tool_calls: [
							{
								id,
								type: 'function',
								function: { name: said.tool, arguments: JSON.stringify(said.arguments) },
							},
						],
					};
		return {
			id,
			object: 'chat.completion',
			created: 0,
			model: 'scripted',
			choices: [
				{ index: 0, message, finish_reason: typeof said === 'string' ? 'stop' : 'tool_calls' },
			],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
	});
	const url = await app.listen({ host: '127.0.0.1', port: 0 });
	return {
		url: `${url}/v1`,
		play(next) {
			script = next;
			turns.length = 0;
		},
		turns,
		close: async () => await app.close(),
	};
}

export interface SentMessage {
	text: string;
	/** Addresses behind the buttons of the message, by their label. */
	buttons: Record<string, string>;
}

export interface Messenger {
	/** Base URL as n8n's Telegram credential takes it. */
	url: string;
	sent: SentMessage[];
	close(): Promise<void>;
}

interface TelegramMessage {
	text: string;
	reply_markup: { inline_keyboard: Array<Array<{ text: string; url: string }>> };
}

/** A messenger behind Telegram's interface that keeps what was sent. */
export async function startMessenger(): Promise<Messenger> {
	const sent: SentMessage[] = [];
	const app = fastify();
	app.post<{ Body: TelegramMessage }>('/*', ({ body }) => {
		const buttons = body.reply_markup.inline_keyboard.flat();
		sent.push({
			text: body.text,
			buttons: Object.fromEntries(buttons.map(({ text, url }) => [text, url])),
		});
		return { ok: true, result: { message_id: sent.length } };
	});
	const url = await app.listen({ host: '127.0.0.1', port: 0 });
	return { url, sent, close: async () => await app.close() };
}

/** Takes whatever is posted and keeps it. */
export interface Receiver {
	url: string;
	received: Array<{ headers: Record<string, unknown>; body: unknown }>;
	close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
	const received: Receiver['received'] = [];
	const app = fastify();
	app.post('/*', ({ headers, body }) => {
		received.push({ headers, body });
		return { ok: true };
	});
	const url = await app.listen({ host: '127.0.0.1', port: 0 });
	return { url, received, close: async () => await app.close() };
}
