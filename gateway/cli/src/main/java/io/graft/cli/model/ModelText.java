package io.graft.cli.model;

import io.graft.cli.terminal.Fields;
import io.graft.cli.terminal.Figures;
import io.graft.v1.Alias;
import io.graft.v1.Model;
import java.io.PrintStream;

/** Models and aliases as people read them. */
final class ModelText {
    private ModelText() {}

    static void print(Model model, PrintStream out) {
        new Fields()
                .add("model", model.getName())
                .add("description", model.getDescription())
                .add("latest version", model.getLatestVersion() == 0 ? "none" : model.getLatestVersion())
                .labels(model.getLabelsMap())
                .add("created", Figures.time(model.getCreateTime()))
                .add("updated", Figures.time(model.getUpdateTime()))
                .add("etag", model.getEtag())
                .print(out);
    }

    static void print(Alias alias, PrintStream out) {
        new Fields()
                .add("alias", alias.getName())
                .add("version", alias.getVersion())
                .add("moved", Figures.time(alias.getUpdateTime()))
                .add("etag", alias.getEtag())
                .print(out);
    }
}
