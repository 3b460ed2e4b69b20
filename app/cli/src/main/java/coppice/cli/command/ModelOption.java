package coppice.cli.command;

import coppice.api.search.Embedding;
import coppice.api.search.EmbeddingId;
import coppice.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/// The options of a command that has vectors made by a program.
final class ModelOption {
    /// A program is started once for each batch, and may take long to start: as many as are kept together.
    private static final int BATCH = 1_024;

    @Option(
            names = "--of",
            paramLabel = "MEMBER",
            description = "With embed: the members whose texts vectors are made of; all texts of a document otherwise.")
    private List<String> members = new ArrayList<>();

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "With embed and search: what the program is remembered as, its command line unless told "
                    + "otherwise. What another one made is not searched by this one.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--model-version",
            paramLabel = "TEXT",
            description = "With embed and search: the version of it, 1 unless told otherwise.")
    private String version = "1";

    /// Refuses what a step has no use for.
    void check(boolean isEmbed, boolean isSearch) {
        if (!isEmbed && !members.isEmpty()) {
            throw Failure.usage("--of is for embed");
        }
        if (!isEmbed && !isSearch && (name.isPresent() || !version.equals("1"))) {
            throw Failure.usage("--model and --model-version are for embed, and for search with a command");
        }
    }

    /// Has a program make vectors.
    Embedding<Object> embedding(Shell shell, List<String> command) {
        EmbeddingId id = new EmbeddingId(name.orElseGet(() -> String.join(" ", command)), version);
        return new Embedding<>(id, this::text, new ModelProgram(shell, command), BATCH);
    }

    private String text(Object document) {
        Json json = UntypedJson.json(document);
        Stream<Json> parts = members.isEmpty() || !(json instanceof Json.Obj object)
                ? Stream.of(json)
                : members.stream()
                        .flatMap(member -> Stream.ofNullable(object.members().get(member)));
        return parts.flatMap(ModelOption::texts).collect(Collectors.joining("\n"));
    }

    private static Stream<String> texts(Json json) {
        return switch (json) {
            case Json.Str(String text) -> Stream.of(text);
            case Json.Arr(List<Json> items) -> items.stream().flatMap(ModelOption::texts);
            case Json.Obj object -> object.members().values().stream().flatMap(ModelOption::texts);
            case Json.Num _, Json.Bool _, Json.Null _ -> Stream.empty();
        };
    }
}
