package coppice.structure.graph;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.structure.Edge;
import coppice.json.Json;
import coppice.json.JsonReader;
import coppice.structure.codec.Codec;
import coppice.structure.dump.DumpedItem;
import java.util.Map;
import java.util.Optional;

/// Edges as they are stored, and back: an object with `weight` and, where there is some, `data`.
///
/// @param data of their data
/// @param graph the name of the graph, for messages
record EdgeCodec<V>(Codec<V> data, String graph) {
    /// The rows of an edge.
    StoredEdge stored(Edge<V> edge) {
        return new StoredEdge(
                GraphKeys.of(edge.from(), edge.label(), edge.to()),
                GraphKeys.of(edge.to(), edge.label(), edge.from()),
                encode(edge));
    }

    private byte[] encode(Edge<V> edge) {
        String weight = "{\"weight\":" + edge.weight();
        return edge.data()
                .map(value -> weight + ",\"data\":" + new String(data.encode(value, place(edge)), UTF_8) + "}")
                .orElse(weight + "}")
                .getBytes(UTF_8);
    }

    private Codec.Place place(Edge<V> edge) {
        return place(edge.from(), edge.label(), edge.to());
    }

    private Codec.Place place(String from, String label, String to) {
        return new Codec.Place(graph, "the edge '" + label + "' from '" + from + "' to '" + to + "'");
    }

    Edge<V> decode(String from, String label, String to, byte[] stored) {
        Codec.Place place = place(from, label, to);
        Map<String, Json> members = members(stored, place);
        Optional<V> value = Optional.ofNullable(members.get("data"))
                .flatMap(json -> Optional.ofNullable(data.decode(json.text().getBytes(UTF_8), place)));
        return new Edge<>(from, label, to, weight(members, place), value);
    }

    /// What an edge weighs.
    double weight(GraphKeys.Parts edge, byte[] stored) {
        Codec.Place place = place(edge.node(), edge.label(), edge.other());
        return weight(members(stored, place), place);
    }

    private Map<String, Json> members(byte[] stored, Codec.Place place) {
        return JsonReader.tryParse(stored)
                .map(json -> json instanceof Json.Obj(Map<String, Json> members) ? members : null)
                .orElseThrow(() -> data.isNone(place, "it is no object"));
    }

    private double weight(Map<String, Json> members, Codec.Place place) {
        double weight = switch (members.get("weight")) {
            case null -> 1;
            case Json.Num number -> number.value().doubleValue();
            case Json _ -> Double.NaN;
        };
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw data.isNone(place, "its 'weight' is no number of 0 or more");
        }
        return weight;
    }

    /// An edge as a dump has it.
    Json.Obj json(byte[] key, byte[] stored) {
        GraphKeys.Parts edge = GraphKeys.parts(key);
        Json.Obj item = Json.object("from", edge.node(), "label", edge.label(), "to", edge.other());
        Map<String, Json> members = members(stored, place(edge.node(), edge.label(), edge.other()));
        for (Map.Entry<String, Json> member : members.entrySet()) {
            item = item.with(member.getKey(), member.getValue());
        }
        return item;
    }

    /// An edge of a dump.
    Edge<V> edge(DumpedItem item) {
        String from = item.requiredText("from");
        String label = item.requiredText("label");
        String to = item.requiredText("to");
        Json.Obj stored =
                new Json.Obj(item.members()).without("from").without("label").without("to");
        return decode(from, label, to, stored.text().getBytes(UTF_8));
    }
}
