process.env.CDK_VALIDATION = 'false';
import { templatesOf } from './example-programs';
import type { Program, Templates } from './example-programs';
import { CHANGES } from './changes';
import { updateEffects } from './update-effects';
const made = new Map<string, Templates>();
const get = (p: Program) => { const k = JSON.stringify(p); if (!made.has(k)) made.set(k, templatesOf(p)); return made.get(k)!; };
const weak = process.argv.includes('weak');
const W = (p: Program): Program => !weak || p.folder === 'wordpress' ? p : { ...p, edits: [...p.edits ?? [], { file: p.folder === 'ecs-lab' ? 'lab' : p.folder, from: 'ReferenceStrength.STRONG', to: 'ReferenceStrength.WEAK' }] };
const t = process.cpuUsage();
for (const c of CHANGES) {
  try {
    for (const [dir, a, b] of [['->', c.before, c.after], ['<-', c.after, c.before]] as const) {
      const e = updateEffects(get(W(a)), get(W(b)));
      const out: any = Object.fromEntries(Object.entries(e).filter(([, v]) => v === true || (v as any).length));
      console.log(dir, c.title, Object.keys(out).length ? '\n     ' + Object.entries(out).map(([k, v]: any) => k + ': ' + (Array.isArray(v) ? v.join(', ') : v)).join('\n     ') : 'ok');
    }
  } catch (e: any) { console.log('!! ', c.title, e.message.slice(0, 300)); }
}
const u = process.cpuUsage(t); console.log(CHANGES.length, Math.round((u.user + u.system) / 1000));
