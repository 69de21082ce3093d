import { describe, expect, it } from 'vitest';
import { CliError } from '../../src/cli/command.ts';
import { formatRows } from '../../src/cli/format/formatter.ts';
import { inspect, inspected } from '../../src/cli/format/inspect.ts';
import { toJson } from '../../src/cli/format/json.ts';
import { align } from '../../src/cli/format/tabwriter.ts';
import { render } from '../../src/cli/format/template/index.ts';
import { Methods, type Value } from '../../src/cli/format/value.ts';
import { NIL_LIST, withOmitted } from '../../src/engine/json.ts';

const answer = {
  Id: '0123',
  Name: '/web',
  State: { Pid: 0, Running: true, Health: null },
  Config: withOmitted({ Env: ['A=1', 'B=2'], Labels: new Map([['team', 'a&b']]) }, { User: '' }),
  HostConfig: { NanoCpus: 5, CapAdd: NIL_LIST },
};

const data = answer as unknown as Value;

/** What `docker inspect -f` prints, or its complaint. */
function inspectWith(format: string): string {
  const { stdout, errors } = inspect(['web'], format, () => inspected(answer as never), String);
  return errors[0] ?? stdout.slice(0, -1);
}

describe('templates', () => {
  it.each([
    ['{{.Name}} {{.ID}}', '/web 0123'],
    ['{{range $i, $e := .Config.Env}}{{if $i}},{{end}}{{$e}}{{end}}', 'A=1,B=2'],
    ['{{range .Config.Env}}{{break}}{{else}}none{{end}}', ''],
    ['{{with .State.Health}}{{.Status}}{{else with .Name}}{{.}}{{end}}', '/web'],
    ['{{ .Name -}}  x', '/webx'],
    ['{{/* note */}}{{define "t"}}<{{.}}>{{end}}{{template "t" .Name}}', '</web>'],
    [
      '{{.Config.Labels}} {{json .Config}} [{{.Config.User}}]',
      'map[team:a&b] {"Env":["A=1","B=2"],"Labels":{"team":"a&b"}} []',
    ],
    ['{{index .Config.Labels "none"}}|{{.Config.Labels.none}}', '|<no value>'],
    ['{{.HostConfig.CapAdd}} {{json .HostConfig.CapAdd}} {{.State}}', '[] null {0 true <nil>}'],
    ['{{printf "%-6s|%05d|%q|%v" .Name 7 "x" .State.Running}}', '/web  |00007|"x"|true'],
    ['{{eq .State.Pid 0}} {{and .Name .State.Pid}} {{or .State.Pid "z"}} {{not .Name}}', 'true 0 z false'],
    ['{{slice .Name 1 | upper | printf "%s!"}} {{len .Config.Env}}', 'WEB! 2'],
  ])('%s', (template, text) => {
    expect(render(template, data)).toBe(text);
  });

  it.each([
    ['{{.', 'template: :1: illegal number syntax: "."'],
    ['{{nope .Name}}', 'template: :1: function "nope" not defined'],
    ['a\n{{.Name', 'template: :2: unclosed action'],
    ['{{if .Name}}', 'template: :1: unexpected EOF'],
    [
      '{{join .Name ","}}',
      'template: :1:7: executing "" at <.Name>: wrong type for value; expected []string; got string',
    ],
    ['{{eq .Name 1}}', 'error calling eq: incompatible types for comparison: string and int'],
  ])('%s is refused', (template, message) => {
    expect(() => render(template, data)).toThrow(message);
  });
});

describe('inspect', () => {
  it('tries the raw answer when the typed one will not do', () => {
    expect(inspectWith('{{.HostConfig.NanoCpus}} {{.HostConfig.CapAdd}}')).toBe('5 <no value>');
    expect(inspectWith('{{.State.Nope}}')).toContain('<.State.Nope>: map has no entry for key "Nope"');
    expect(inspectWith('{{upper .State.Pid}}')).toContain('expected string; got json.Number');
  });

  it('prints JSON with four spaces, the daemon’s own without escapes', () => {
    expect(inspectWith('')).toContain('        "Name": "/web",\n');
    expect(inspectWith('')).toContain('"team": "a&b"');
    expect(toJson('<a&b>', { html: true })).toBe('"\\u003ca\\u0026b\\u003e"');
  });

  it('ends with status 64 for a template that is none', () => {
    expect(() => inspectWith('{{end}}')).toThrow(CliError);
  });
});

describe('lists', () => {
  const row = new Methods('*x.row', { Name: () => 'web', ID: () => 'ab', Label: (key) => `l-${key}` });

  it('put titles over columns, whatever functions do to the cells', () => {
    expect(
      formatRows('table {{upper .Name}}\\t{{.ID}}\t{{.Label "a.team-name"}}', { Name: 'NAME', ID: 'ID' }, [row]),
    ).toBe('NAME      ID        team name\nWEB       ab        l-a.team-name\n');
  });

  it('are JSON with all fields when that is the format', () => {
    expect(formatRows('json', {}, [row])).toBe('{"ID":"ab","Name":"web"}\n');
  });

  it('name the type of a row that lacks a field', () => {
    expect(() => formatRows('{{.Nope}}', {}, [row])).toThrow(
      `template parsing error: template: :1:2: executing "" at <.Nope>: can't evaluate field Nope in type *x.row`,
    );
  });

  it('count wide characters twice', () => {
    expect(align('漢字\tx\nab\ty\n')).toBe('漢字      x\nab        y\n');
  });
});
