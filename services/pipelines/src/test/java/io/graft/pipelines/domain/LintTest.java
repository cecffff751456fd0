package io.graft.pipelines.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.pipelines.document.Problems.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LintTest {
    private static final String SOUND = """
            inputs:
              base: {type: string}
            triggers:
              - on: AliasMoved
                alias: base
                with: {base: "${{ event.alias.version }}"}
            steps:
              - id: graft
                job:
                  kind: graft
                  spec:
                    diff: tenants/default/models/d/versions/1
                    target: ${{ inputs.base }}
                    output_model: tenants/default/models/out-${{ run }}
                    lambda: 0.5
                retries: {max: 2}
                timeout: 2h
              - id: gate
                needs: [graft]
                gate: {condition: "steps.graft.succeeded"}
              - id: promote
                needs: [gate, graft]
                promote:
                  alias: tenants/default/models/out/aliases/champion
                  version: ${{ steps.graft.output }}
            """;

    private final Programs programs = new Programs();

    @Test
    void aSoundDocumentHasNoProblems() {
        assertThat(problems(SOUND)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theExamplesAreSound(Path example) throws IOException {
        assertThat(problems(Files.readString(example))).isEmpty();
    }

    static Stream<Path> examples() {
        try (Stream<Path> files = Files.list(Path.of("../../docs/examples/pipelines"))) {
            List<Path> examples = files.sorted().toList();
            assertThat(examples).hasSizeGreaterThanOrEqualTo(3);
            return examples.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refuses(Refusal refusal) {
        String text = refusal.replaced.isEmpty() ? refusal.by : SOUND.replace(refusal.replaced, refusal.by);
        assertThat(text).isNotEqualTo(SOUND);
        assertThat(problems(text)).anySatisfy(problem -> {
            assertThat(problem.place().line()).isEqualTo(refusal.line);
            assertThat(problem.message()).contains(refusal.message);
        });
    }

    static Stream<Refusal> refusals() {
        return Stream.of(
                whole("", 1, "is empty"),
                whole("steps: [", 1, "is not YAML"),
                whole("a: 1\n---\nb: 2", 2, "second document"),
                whole("x: " + "[".repeat(30) + "]".repeat(30), 1, "levels deep"),
                whole("# " + "x".repeat(300_000), 1, "is longer than"),
                part("inputs:", "input:", 2, "unknown key"),
                part("  base: {type: string}", "  base: {type: string}\n  base: {type: int}", 3, "there twice"),
                part("{type: string}", "&a {type: string}", 2, "anchors are refused"),
                part("    target: ${{ inputs.base }}", "    target: *a", 13, "aliases are refused"),
                part("{max: 2}", "!!map {max: 2}", 16, "tags are refused"),
                part("{max: 2}", "{max: 0}", 16, "whole number from 1 to 20"),
                part("timeout: 2h", "timeout: soon", 17, "is text such as"),
                part("type: string", "type: text", 2, "is one of string"),
                part("id: graft", "id: Graft-1", 8, "is text such as"),
                part("needs: [graft]", "needs: [nobody]", 18, "no earlier step"),
                part("needs: [graft]", "needs: [promote]", 18, "no earlier step"),
                part("needs: [graft]", "needs: [graft, graft]", 18, "twice"),
                part("id: gate", "id: graft", 18, "of the step in line 8"),
                part("kind: graft", "kind: weld", 10, "is no kind of job"),
                part("diff: tenants", "dif: tenants", 12, "is no field of GraftSpec"),
                part("lambda: 0.5", "lambda: much", 15, "can't be much"),
                part("lambda: 0.5", "lambda: \"${{ inputs.base }}\"", 15, "gives string"),
                part("lambda: 0.5", "include: 5", 15, "is a list"),
                part("${{ inputs.base }}", "${{ inputs.bse }}", 13, "only cause, inputs.base, run here"),
                part("${{ inputs.base }}", "${{ steps.gate.output }}", 13, "undeclared reference"),
                part("${{ inputs.base }}", "${{ inputs.base", 13, "without '}}'"),
                part("steps.graft.succeeded", "steps.graft.suceeded", 20, "undefined field"),
                part("steps.graft.succeeded", "steps.graft.output", 20, "but bool is needed"),
                part("steps.graft.succeeded", "1 +", 20, "is refused"),
                part(
                        "needs: [gate, graft]",
                        "needs: [gate]\n    compensate: {gate: {condition: 'true'}}",
                        23,
                        "unknown key"),
                part(
                        "    gate: {condition: \"steps.graft.succeeded\"}",
                        "    timeout: 1h\n    gate: {condition: 'true'}",
                        20,
                        "a job or an approval only"),
                part(
                        "    gate: {condition: \"steps.graft.succeeded\"}",
                        "    retries: {max: 1}\n    gate: {condition: 'true'}",
                        20,
                        "for a job only"),
                part(
                        "    gate: {condition: \"steps.graft.succeeded\"}",
                        "    when: 'true'",
                        18,
                        "has one of job, gate"),
                part("    alias: base\n", "    dataset: base\n", 5, "has no meaning for AliasMoved"),
                part("    alias: base\n", "", 4, "would never end"),
                part("on: AliasMoved", "on: Something", 4, "is one of AliasMoved"),
                part("{base: \"${{ event.alias.version }}\"}", "{bas: x}", 6, "is no input"),
                part(
                        "{base: \"${{ event.alias.version }}\"}",
                        "{base: \"${{ event.alias.etg }}\"}",
                        6,
                        "undefined field"),
                part("    with: {base: \"${{ event.alias.version }}\"}\n", "", 4, "does not give the input 'base'"),
                part("type: string", "type: string, default: 5", 2, "not of the input's type"),
                part("  - on: AliasMoved\n    alias: base\n", "  - schedule: 61 * * * *\n", 4, "is not cron"),
                part(
                        "  - on: AliasMoved\n    alias: base\n",
                        "  - schedule: 1 * * * *\n    zone: Mars/Base\n",
                        5,
                        "no time zone"),
                part("  - on: AliasMoved\n    alias: base\n", "  - all: {a: {on: AliasMoved}}\n", 4, "fewer than two"));
    }

    private List<Problem> problems(String text) {
        return programs.lint(text).sorted();
    }

    private static Refusal whole(String text, int line, String message) {
        return new Refusal("", text, line, message);
    }

    private static Refusal part(String replaced, String by, int line, String message) {
        return new Refusal(replaced, by, line, message);
    }

    /** A document that is refused, and how. */
    record Refusal(String replaced, String by, int line, String message) {
        @Override
        public String toString() {
            return message + " in line " + line;
        }
    }
}
