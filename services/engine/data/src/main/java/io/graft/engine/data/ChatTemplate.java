package io.graft.engine.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes a chat as the text that a model was trained on, by the Jinja template beside its tokenizer. Set up as transformers
 * sets Jinja up: blocks trimmed, {@code raise_exception} known. Templates come from strangers: they read no file, and what
 * they write and loop over is bounded. Not thread-safe.
 */
final class ChatTemplate {
    private static final Pattern GENERATION_MARKS = Pattern.compile("\\{%-?\\s*(end)?generation\\s*-?%}");

    private final Jinjava jinja;
    private final String template;
    private final Map<String, String> specialTokens;

    ChatTemplate(String template, Map<String, String> specialTokens) {
        this.jinja = jinja();
        // Jinja drops one line end from the end of a template.
        String ended = template.endsWith("\n") ? template.substring(0, template.length() - 1) : template;
        this.template = TemplateEngine.adapted(
                "The chat template", GENERATION_MARKS.matcher(ended).replaceAll(""), jinja);
        this.specialTokens = Map.copyOf(specialTokens);
    }

    /**
     * Finds the template of a model: {@code chat_template.jinja}, or {@code chat_template} in
     * {@code tokenizer_config.json}, of several the one called {@code default}.
     *
     * @param specialTokens by role, such as {@code bos_token}; known to the template
     * @throws DataException if there is none
     */
    static ChatTemplate open(Path modelFolder, Map<String, String> specialTokens) throws IOException {
        Path file = modelFolder.resolve("chat_template.jinja");
        String template = Files.isRegularFile(file)
                ? Files.readString(file)
                : configured(JsonFile.read(modelFolder.resolve("tokenizer_config.json"))
                        .path("chat_template"));
        if (template == null) {
            throw new DataException("The data has chats, but the model has no chat template. Add chat_template.jinja to"
                    + " the model, or name columns of prompt and completion instead.");
        }
        return new ChatTemplate(template, specialTokens);
    }

    private static @Nullable String configured(JsonNode template) {
        if (template.isTextual()) {
            return template.asText();
        }
        for (JsonNode named : template) {
            if (named.path("name").asText().equals("default")) {
                return named.path("template").asText();
            }
        }
        return null;
    }

    /**
     * The text of a chat.
     *
     * @param messages with {@code role}, {@code content} and whatever else the template asks for
     * @param generationPrompt whether the beginning of an answer by the assistant follows
     * @throws DataException if the template refuses the chat, or asks for what is not to be had; the message is a clause
     */
    String render(List<?> messages, boolean generationPrompt) {
        Map<String, Object> bindings = new HashMap<>(specialTokens);
        bindings.put("messages", messages);
        bindings.put("add_generation_prompt", generationPrompt);
        RenderResult result = jinja.renderForResult(template, bindings);
        if (result.hasErrors()) {
            throw new DataException("is refused by the chat template: "
                    + TemplateEngine.reason(result.getErrors().getFirst()));
        }
        return result.getOutput();
    }

    /** Called by templates. */
    public static String raise(String message) {
        throw new InterpretException(message);
    }

    private static Jinjava jinja() {
        Jinjava jinja =
                TemplateEngine.open(settings -> settings.withTrimBlocks(true).withLstripBlocks(true));
        jinja.getGlobalContext()
                .registerFunction(
                        new ELFunctionDefinition("", "raise_exception", ChatTemplate.class, "raise", String.class));
        return jinja;
    }
}
