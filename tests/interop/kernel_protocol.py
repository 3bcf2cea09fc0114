"""The kernel under Jupyter's own conformance suite (jupyter_kernel_test), with samples in TypeScript."""

import unittest

import jupyter_kernel_test


class LabmillKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "labmill"
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oops')"

    completion_samples = [
        {"text": "Math.sqr", "matches": {"sqrt"}},
        {"text": "Number.isSafeI", "matches": {"isSafeInteger"}},
        {"text": "encodeURIC", "matches": {"encodeURIComponent"}},
        {"text": "'abc'.toUpp", "matches": {"toUpperCase"}},
    ]

    complete_code_samples = ["1", "const x: number = 1", "function f() {\n  return 1\n}", "await Promise.resolve()"]
    incomplete_code_samples = ["function f() {", "const x =", "f(1,", "`two\nlines"]
    invalid_code_samples = ["const 1 = 2", "a b", "let x = ];"]

    code_page_something = "Math.max?"
    code_generate_error = "throw new TypeError('on purpose')"

    code_execute_result = [
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": "[1, 2, 3].map((x) => x * 2)", "result": "[ 2, 4, 6 ]"},
        {"code": "const s: string = 'abc'; s.length", "result": "3"},
    ]
    code_display_data = [
        {"code": "display({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>bold</b>' }) }); 0", "mime": "text/html"},
        {"code": "void display('plain')", "mime": "text/plain"},
    ]

    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "1 + 2*"

    code_inspect_sample = "Math.max"
    code_clear_output = "clearOutput()"


class LabmillWelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "labmill"
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main(verbosity=2)
