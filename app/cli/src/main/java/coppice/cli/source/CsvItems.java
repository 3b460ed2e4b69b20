package coppice.cli.source;

import coppice.json.Json;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rows of a CSV file as objects with the header's names. Fields are text unless [Columns] says that the whole
/// column holds numbers or truth values; an empty field is null.
final class CsvItems implements Items {
    private static final int FIELD_MAX = 64 << 20;
    private final Path path;
    private final Columns columns;
    private final QuoteCount quotes;
    private final CloseableIterator<CsvRecord> records;
    private List<String> header = List.of();

    private CsvItems(Path path, Columns columns, QuoteCount quotes, CloseableIterator<CsvRecord> records) {
        this.path = path;
        this.columns = columns;
        this.quotes = quotes;
        this.records = records;
    }

    static Items open(Path path, Columns columns) throws IOException {
        char separator;
        try (Reader start = text(path)) {
            separator = Separator.of(start);
        }
        QuoteCount quotes = new QuoteCount(text(path));
        CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(separator)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(FIELD_MAX)
                .ofCsvRecord(quotes);
        CsvItems rows = new CsvItems(path, columns, quotes, reader.iterator());
        rows.header = rows.readHeader();
        return rows;
    }

    private static Reader text(Path path) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(
                Files.newInputStream(path),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
    }

    private List<String> readHeader() {
        Optional<CsvRecord> first = record();
        if (first.isEmpty()) {
            throw new InputException(path, "the file is empty; its first line must name the columns");
        }
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String field : first.get().getFields()) {
            String name = field.isBlank() ? "column" + (names.size() + 1) : field.strip();
            if (!seen.add(name)) {
                throw new InputException(
                        path,
                        first.get().getStartingLineNumber(),
                        "the column '" + name + "' is there twice; rename one in the header");
            }
            names.add(name);
        }
        return names;
    }

    @Override
    public Optional<Item> next() {
        return record().map(this::toItem);
    }

    private Item toItem(CsvRecord record) {
        long line = record.getStartingLineNumber();
        if (record.getFieldCount() != header.size()) {
            throw new InputException(
                    path,
                    line,
                    record.getFieldCount() + " fields, but the header has " + header.size()
                            + "; check the quotes and separators of this line");
        }
        Map<String, Json> members = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            members.put(header.get(i), columns.value(header.get(i), record.getField(i)));
        }
        return new Item(new Json.Obj(members), line);
    }

    private Optional<CsvRecord> record() {
        try {
            if (!records.hasNext()) {
                return Optional.empty();
            }
            CsvRecord record = records.next();
            if (!records.hasNext()) {
                checkClosed(record);
            }
            return Optional.of(record);
        } catch (CsvParseException | UncheckedIOException bad) {
            throw new InputException(
                    path,
                    switch (bad.getCause()) {
                        case IOException io -> InputException.reason(io);
                        case null -> "it is not CSV: " + bad.getMessage();
                        case Throwable cause -> "it is not CSV: " + bad.getMessage() + ": " + cause.getMessage();
                    });
        }
    }

    /// A quote that is never closed swallows the rest of the file, and the parser does not mind.
    private void checkClosed(CsvRecord last) {
        boolean lines = last.getFields().stream().anyMatch(field -> field.indexOf('\n') >= 0);
        if (lines && quotes.isOdd()) {
            throw new InputException(
                    path, last.getStartingLineNumber(), "a quote opens in this row that is never closed; close it");
        }
    }

    @Override
    public void close() {
        try {
            records.close();
        } catch (IOException onlyRead) {
            throw new UncheckedIOException(onlyRead);
        }
    }
}
