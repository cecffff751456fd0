package io.graft.cli.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.cli.failure.CommandException;
import io.graft.v1.AnswerTask;
import io.graft.v1.ChoiceTask;
import io.graft.v1.LanguageTask;
import io.graft.v1.PerplexityTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskFileTest {
    @TempDir
    Path folder;

    private LanguageTask read(String yaml) throws IOException {
        return TaskFile.read(Files.writeString(folder.resolve("task.yaml"), yaml));
    }

    @Test
    void aChoiceAmongTemplates() throws IOException {
        assertThat(read("""
                        task: capitals
                        output_type: multiple_choice
                        doc_to_text: "The capital of {{country}} is"
                        doc_to_choice: ["{{capital}}", "{{other}}"]
                        doc_to_target: 0
                        target_delimiter: ""
                        metric_list:
                          - metric: acc
                          - metric: acc_norm
                        """))
                .isEqualTo(LanguageTask.newBuilder()
                        .setName("capitals")
                        .setChoice(ChoiceTask.newBuilder()
                                .setPrompt("The capital of {{country}} is")
                                .addChoices("{{capital}}")
                                .addChoices("{{other}}")
                                .setAnswer("0")
                                .setDelimiter("")
                                .addMetrics("acc")
                                .addMetrics("acc_norm"))
                        .build());
    }

    @Test
    void namesOfColumnsBecomeTemplatesOfThem() throws IOException {
        assertThat(read("""
                        output_type: multiple_choice
                        doc_to_text: context
                        doc_to_choice: options
                        doc_to_target: label
                        """).getChoice())
                .isEqualTo(ChoiceTask.newBuilder()
                        .setPrompt("{{context}}")
                        .setChoicesColumn("options")
                        .setAnswer("{{label}}")
                        .build());
    }

    @Test
    void textsAndAnswers() throws IOException {
        assertThat(read("""
                        output_type: loglikelihood_rolling
                        doc_to_text: ""
                        doc_to_target: "{{text}}"
                        """).getPerplexity())
                .isEqualTo(PerplexityTask.newBuilder().setText("{{text}}").build());
        assertThat(read("""
                        output_type: generate_until
                        doc_to_text: "Translate: {{en}}"
                        doc_to_target: es
                        generation_kwargs:
                          until: ["\\n"]
                          max_gen_toks: 64
                          do_sample: false
                        metric_list:
                          - metric: bleu
                        """).getAnswer())
                .isEqualTo(AnswerTask.newBuilder()
                        .setPrompt("Translate: {{en}}")
                        .setCompletion("{{es}}")
                        .addStop("\n")
                        .setMaxNewTokens(64)
                        .addMetrics("bleu")
                        .build());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "output_type: loglikelihood                         | output_type of",
                "output_type: generate_until\\nfilter_list: []      | filter_list (leave it out",
                "output_type: generate_until\\ntemperature: 1\\nz: 2 | temperature; z",
                "output_type: generate_until\\nnum_fewshot: 5       | num_fewshot of",
                "output_type: generate_until\\ngeneration_kwargs: {do_sample: true} | do_sample of",
                "output_type: generate_until\\nmetric_list: [bleu]  | metric_list of",
                "output_type: multiple_choice\\ndoc_to_choice: '{{a}}' | doc_to_choice of",
                "output_type: a\\noutput_type: b                    | duplicate key",
                "- 1                                                | holds no keys",
            })
    void refusalsNameTheKeyAndTheCure(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml.replace("\\n", "\n")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("task.yaml")
                .hasMessageContaining(message);
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> TaskFile.read(folder.resolve("none.yaml")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("check the path");
    }
}
