package io.graft.cli.source;

import io.graft.cli.file.LocalFile;
import io.graft.engine.conversion.huggingface.HuggingFaceFolder;
import java.util.List;

/**
 * A model in Hugging Face layout, checked and ready for upload.
 *
 * @param files what belongs to it, each with its digest
 * @param ignored names of files beside them that do not
 * @param description where it comes from; may be empty
 */
public record StagedModel(List<LocalFile> files, List<String> ignored, String description) {
    public StagedModel {
        files = List.copyOf(files);
        ignored = List.copyOf(ignored);
    }

    static StagedModel of(HuggingFaceFolder folder, String description) {
        List<LocalFile> files = folder.files().stream()
                .map(file -> new LocalFile(file.name(), file.path(), file.size(), file.sha256()))
                .toList();
        return new StagedModel(files, folder.ignored(), description);
    }
}
