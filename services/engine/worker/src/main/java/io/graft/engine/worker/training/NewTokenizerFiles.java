package io.graft.engine.worker.training;

import com.google.protobuf.Value;
import io.graft.engine.data.bpe.BytePairTraining;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.ModelFiles;
import io.graft.engine.worker.OutputFolder;
import io.graft.v1.NewModel;
import io.graft.v1.TrainSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where the tokens of a training come from, and where they go. */
final class NewTokenizerFiles {
    private NewTokenizerFiles() {}

    /** A folder with the tokenizer, or with what is known of pictures. */
    static Path of(JobRun run, TrainSpec spec, DataRows data) throws IOException {
        if (run.find(Roles.BASE).isPresent()) {
            return run.input(Roles.BASE).folder();
        }
        if (run.find(Roles.TOKENIZER).isPresent()) {
            return run.input(Roles.TOKENIZER).folder();
        }
        if (spec.getNewModel().getTokenizerCase() == NewModel.TokenizerCase.NEW_TOKENIZER) {
            Path folder = Files.createDirectories(run.output().resolveSibling("tokenizer"));
            BytePairTraining.ofSize(vocabularySize(spec.getNewModel())).run(data.words(), folder);
            return folder;
        }
        return run.input(Roles.DATA).folder();
    }

    private static int vocabularySize(NewModel model) {
        int asked = model.getNewTokenizer().getVocabularySize();
        Value ofModel = model.getConfig().getFieldsOrDefault("vocab_size", Value.getDefaultInstance());
        return asked == 0 ? (int) ofModel.getNumberValue() : asked;
    }

    /** Makes the tokenizer part of the output. */
    static void copy(Path from, Path to, OutputFolder output) throws IOException {
        List<Path> copied = new ArrayList<>();
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.sorted().toList()) {
                if (ModelFiles.isTokenizer(String.valueOf(file.getFileName()))) {
                    copied.add(Files.copy(file, to.resolve(String.valueOf(file.getFileName()))));
                }
            }
        }
        output.add(copied);
    }
}
