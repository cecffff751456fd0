package io.graft.cli.training;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.graft.cli.failure.CommandException;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.NewModel;
import io.graft.v1.TrainSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the weights of a training come from. */
final class StartOptions {
    @Option(names = "--base", paramLabel = "VERSION", description = "the version whose pre-training goes on")
    String base = "";

    @Option(names = "--config", paramLabel = "FILE", description = "config.json of a new model, instead of --base")
    @Nullable
    Path config;

    @Option(
            names = "--tokenizer-from",
            paramLabel = "VERSION",
            description = "the version whose tokenizer a new model takes")
    String tokenizerFrom = "";

    @Option(
            names = "--new-tokenizer",
            paramLabel = "N",
            arity = "0..1",
            fallbackValue = "0",
            description = "train a tokenizer for the new model, of N tokens (default: the config's vocab_size)")
    @Nullable
    Integer newTokenizer;

    void fill(TrainSpec.Builder spec, Invocation invocation) {
        if (base.isEmpty() == (config == null)) {
            throw CommandException.usage("Say where the weights come from: --base VERSION, or --config FILE");
        }
        if (config == null) {
            if (!tokenizerFrom.isEmpty() || newTokenizer != null) {
                throw CommandException.usage("A base has its own tokenizer: leave the tokenizer out");
            }
            spec.setBase(invocation.names().version(base));
            return;
        }
        if (!tokenizerFrom.isEmpty() && newTokenizer != null) {
            throw CommandException.usage("Give one tokenizer: --tokenizer-from VERSION, or --new-tokenizer");
        }
        NewModel.Builder model = spec.getNewModelBuilder();
        try {
            JsonFormat.parser().merge(Files.readString(config), model.getConfigBuilder());
        } catch (InvalidProtocolBufferException e) {
            throw CommandException.usage(config + " is not a JSON object");
        } catch (IOException e) {
            throw CommandException.usage(config + " can't be read; check the path");
        }
        if (!tokenizerFrom.isEmpty()) {
            model.setTokenizerFrom(invocation.names().version(tokenizerFrom));
        }
        if (newTokenizer != null) {
            model.getNewTokenizerBuilder().setVocabularySize(newTokenizer);
        }
    }
}
