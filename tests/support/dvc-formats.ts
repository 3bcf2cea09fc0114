import type { DirEntry } from '../../src/versioning/format/dir-object.ts';
import type { Out } from '../../src/versioning/format/dvc-file.ts';
import { fixture } from './fixture.ts';

/** What the real DVC made of the cases of `tests/fixtures/dvc-formats.py`, which also says with what versions. */
export interface DvcFormats {
  readonly yaml: readonly { readonly text: string; readonly yaml: string }[];
  readonly updates: readonly {
    readonly name: string;
    readonly before: string;
    readonly out: Out;
    readonly after: string;
  }[];
  readonly directories: readonly {
    readonly entries: readonly DirEntry[];
    readonly json: string;
    readonly id: string;
  }[];
  readonly added: readonly Readonly<Record<'name' | 'file' | 'directory' | 'object' | 'gitignore', string>>[];
  readonly gitIgnores: readonly {
    readonly before: string | null;
    readonly name: string;
    readonly added: string;
    readonly removed: string | null;
  }[];
  readonly ignorePaths: readonly string[];
  readonly ignores: readonly {
    readonly files: Readonly<Record<string, string>>;
    readonly ignored: readonly string[];
  }[];
  readonly configs: readonly {
    readonly text: string;
    readonly sections: Readonly<Record<string, Readonly<Record<string, string>>>> | null;
  }[];
  readonly configValues: readonly { readonly value: string; readonly text: string }[];
  readonly configEdits: readonly { readonly command: string; readonly text: string }[];
}

export const dvcFormats = fixture('dvc-formats') as DvcFormats;
