import type { Results } from './expectations';

const OURS = '#2f81f7';
const THEIRS = '#9a8c7d';

/** Colours of text and lines that the dark mode replaces. */
const LIGHT = { text: '#3d444d', grid: '#d9dde2' };
const DARK = { text: '#c9d1d9', grid: '#343a42' };

interface Bar {
	label: string;
	value: number;
	ours: boolean;
	note: string;
}

/** The results as one SVG that is readable on light and dark ground. */
export async function chart({ unlimited, limited }: Results): Promise<string> {
	// Both are ES modules, which this folder's CommonJS can only import dynamically.
	const [{ compile }, vega] = await Promise.all([import('vega-lite'), import('vega')]);
	const spec = {
		$schema: 'https://vega.github.io/schema/vega-lite/v6.json',
		background: null,
		padding: 12,
		vconcat: [
			panel(
				`${unlimited.contracts} contracts, no limit, ${unlimited.latency} ms latency`,
				'Milliseconds (less is better), and contracts read again afterwards',
				unlimited.rows.map(({ label, node, ms, runs: [run] }) => ({
					label,
					value: Math.round(ms),
					ours: node === 'nexudusPause',
					note: `${Math.round(ms)} ms, ${run?.verified ?? 0} verified`,
				})),
			),
			panel(
				`${limited.contracts} contracts under the documented limits`,
				`Contracts paused exactly once, in how long; shortest possible ${inSeconds(limited.minimum)}`,
				limited.rows.map((row) => ({
					label: row.label,
					value: row.changed - row.doubled,
					ours: row.node === 'nexudusPause',
					note:
						`${row.changed - row.doubled} in ${inSeconds(row.ms)}` +
						(row.throttled > 0 ? `, ${row.throttled} refused` : '') +
						(row.doubled > 0 ? `, ${row.doubled} paused twice` : ''),
				})),
			),
		],
		config: {
			font: 'system-ui, sans-serif',
			view: { stroke: null },
			axis: { labelColor: LIGHT.text, titleColor: LIGHT.text, domain: false, ticks: false },
			title: { color: LIGHT.text, subtitleColor: LIGHT.text },
		},
	};
	const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none' });
	return withDarkMode(await view.toSVG());
}

function panel(title: string, subtitle: string, bars: Bar[]) {
	const most = Math.max(...bars.map(({ value }) => value));
	const y = { field: 'label', type: 'nominal', sort: null, title: null, axis: { labelLimit: 0 } };
	const x = {
		field: 'value',
		type: 'quantitative',
		title: null,
		axis: { gridColor: LIGHT.grid, tickCount: 5 },
		// Room for the note behind the longest bar.
		scale: { domain: [0, most * 1.6], nice: false },
	};
	return {
		title: {
			text: title,
			subtitle,
			anchor: 'start',
			frame: 'group',
			fontSize: 14,
			subtitleFontSize: 12,
			offset: 10,
		},
		width: 460,
		height: { step: 26 },
		data: { values: bars },
		encoding: { y, x },
		layer: [
			{
				mark: { type: 'bar', cornerRadiusEnd: 3, height: { band: 0.7 } },
				encoding: {
					color: {
						field: 'ours',
						type: 'nominal',
						scale: { domain: [true, false], range: [OURS, THEIRS] },
						legend: null,
					},
				},
			},
			{
				mark: { type: 'text', align: 'left', dx: 6, color: LIGHT.text },
				encoding: { text: { field: 'note', type: 'nominal' } },
			},
		],
	};
}

const inSeconds = (ms: number) => `${Math.round(ms / 1000)} s`;

/** A browser takes the style's colours before the attributes'. */
function withDarkMode(svg: string): string {
	const style =
		'<style>@media (prefers-color-scheme: dark) {' +
		`[fill="${LIGHT.text}"] { fill: ${DARK.text} } [stroke="${LIGHT.grid}"] { stroke: ${DARK.grid} }` +
		'}</style>';
	return `${svg.replace(/^(<svg[^>]*>)/, `$1${style}`)}\n`;
}
