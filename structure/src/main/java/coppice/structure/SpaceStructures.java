package coppice.structure;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Space;
import coppice.api.Transaction;
import coppice.api.structure.Blobs;
import coppice.api.structure.Counter;
import coppice.api.structure.Dict;
import coppice.api.structure.Documents;
import coppice.api.structure.EventLog;
import coppice.api.structure.Graph;
import coppice.api.structure.Register;
import coppice.api.structure.Secret;
import coppice.api.structure.Sequence;
import coppice.api.structure.SetOf;
import coppice.api.structure.Sketch;
import coppice.api.structure.SketchOptions;
import coppice.api.structure.StructureInfo;
import coppice.api.structure.StructureKind;
import coppice.api.structure.Structures;
import coppice.api.structure.TypeRef;
import coppice.api.structure.WorkQueue;
import coppice.structure.blob.SpaceBlobs;
import coppice.structure.codec.Codec;
import coppice.structure.collection.SpaceDocuments;
import coppice.structure.counter.SpaceCounter;
import coppice.structure.dict.SpaceDict;
import coppice.structure.graph.SpaceGraph;
import coppice.structure.ground.Contents;
import coppice.structure.ground.Ground;
import coppice.structure.ground.Registry;
import coppice.structure.log.SpaceLog;
import coppice.structure.queue.SpaceQueue;
import coppice.structure.register.SpaceRegister;
import coppice.structure.secret.Keyring;
import coppice.structure.sequence.SpaceSequence;
import coppice.structure.set.SpaceSet;
import coppice.structure.sketch.SpaceSketch;
import java.util.List;
import java.util.Optional;

/// The structures of a branch, or as a transaction sees them.
public final class SpaceStructures extends SpaceStructuresView implements Structures {
    private final Ground ground;

    public SpaceStructures(Ground ground) {
        super(ground);
        this.ground = ground;
    }

    @Override
    public <V> Dict<V> dict(String name, TypeRef<V> values) {
        Codec<V> codec = Codec.of(values);
        return new SpaceDict<>(opened(name, StructureKind.DICT, codec), codec, ground, Optional.empty());
    }

    @Override
    public <V> Dict<V> dict(String name, TypeRef<V> values, Secret secret) {
        Codec<V> codec = Codec.of(values).discreet();
        Keyring keyring = keyring(name, secret);
        return new SpaceDict<>(opened(name, codec, keyring), codec, ground, Optional.of(keyring));
    }

    @Override
    public <V> WorkQueue<V> queue(String name, TypeRef<V> values) {
        Codec<V> codec = Codec.of(values);
        return new SpaceQueue<>(opened(name, StructureKind.QUEUE, codec), codec, ground);
    }

    @Override
    public <V> EventLog<V> eventLog(String name, TypeRef<V> values) {
        Codec<V> codec = Codec.of(values);
        return new SpaceLog<>(opened(name, StructureKind.LOG, codec), codec, ground);
    }

    @Override
    public Counter counter(String name) {
        return new SpaceCounter(opened(name, StructureKind.COUNTER, NUMBERS), ground);
    }

    @Override
    public <V> SetOf<V> set(String name, TypeRef<V> values) {
        Codec<V> codec = Codec.of(values);
        return new SpaceSet<>(opened(name, StructureKind.SET, codec), codec, ground);
    }

    @Override
    public <V> Register<V> register(String name, TypeRef<V> values) {
        Codec<V> codec = Codec.of(values);
        return new SpaceRegister<>(opened(name, StructureKind.REGISTER, codec), codec, ground);
    }

    @Override
    public <V> Sequence<V> list(String name, TypeRef<V> values) {
        Codec<V> codec = Codec.of(values);
        return new SpaceSequence<>(opened(name, StructureKind.LIST, codec), codec, ground);
    }

    @Override
    public <V> Documents<V> collection(String name, TypeRef<V> values) {
        Codec<V> codec = Codec.of(values);
        return new SpaceDocuments<>(opened(name, StructureKind.COLLECTION, codec), codec, ground);
    }

    @Override
    public <V> Graph<V> graph(String name, TypeRef<V> values) {
        Codec<V> codec = Codec.of(values);
        return new SpaceGraph<>(opened(name, StructureKind.GRAPH, codec), codec, ground);
    }

    @Override
    public Blobs blobs(String name) {
        return new SpaceBlobs(opened(name, StructureKind.BLOBS, BYTES), ground);
    }

    @Override
    public <V> Sketch<V> sketch(String name, TypeRef<V> values) {
        return sketch(name, values, Optional.empty());
    }

    @Override
    public <V> Sketch<V> sketch(String name, TypeRef<V> values, SketchOptions options) {
        return sketch(name, values, Optional.of(options));
    }

    private <V> Sketch<V> sketch(String name, TypeRef<V> values, Optional<SketchOptions> options) {
        Codec<V> codec = Codec.of(values);
        return new SpaceSketch<>(opened(name, StructureKind.SKETCH, codec), codec, options, ground);
    }

    @Override
    public boolean drop(String name) {
        return ground.update(transaction -> {
            Optional<StructureInfo> there = within(transaction, name);
            there.ifPresent(structure -> {
                spaces(structure).forEach(space -> Contents.clear(transaction.space(space)));
                registry(transaction).delete(name);
            });
            return there.isPresent();
        });
    }

    @Override
    public void rename(String name, String newName) {
        rename(name, newName, Optional.empty());
    }

    @Override
    public void rename(String name, String newName, Secret secret) {
        Codec<Object> untyped = Codec.of(TypeRef.untyped());
        Keyring keyring = keyring(name, secret);
        opened(name, untyped, keyring);
        rename(name, newName, Optional.of(keyring));
    }

    private void rename(String name, String newName, Optional<Keyring> keyring) {
        ground.update(transaction -> {
            StructureInfo there = existing(transaction, name);
            if (there.isEncrypted() && keyring.isEmpty()) {
                throw Registry.secretNeeded(there);
            }
            StructureInfo renamed =
                    new StructureInfo(Registry.name(newName), there.kind(), there.values(), there.isEncrypted());
            List<String> from = spaces(there);
            List<String> to = spaces(renamed);
            for (int i = 0; i < from.size(); i++) {
                move(transaction.space(from.get(i)), transaction.space(to.get(i)));
            }
            keyring.ifPresent(keys -> keys.rename(transaction.space(Keyring.space(newName)), newName));
            registry(transaction).delete(name);
            registry(transaction).put(newName.getBytes(UTF_8), Registry.encode(renamed));
            return true;
        });
    }

    @Override
    public void retype(String name, TypeRef<?> values) {
        String type = Codec.of(values).name();
        ground.update(transaction -> {
            StructureInfo there = existing(transaction, name);
            StructureInfo retyped = new StructureInfo(name, there.kind(), type, there.isEncrypted());
            registry(transaction).put(name.getBytes(UTF_8), Registry.encode(retyped));
            return true;
        });
    }

    private static StructureInfo existing(Transaction transaction, String name) {
        return within(transaction, name)
                .orElseThrow(() -> new DatabaseException.NotFound(
                                ErrorCode.UNKNOWN_STRUCTURE,
                                "There is no structure '" + name + "': see structures().all() for those that there are")
                        .with("name", name));
    }

    private static Optional<StructureInfo> within(Transaction transaction, String name) {
        return Registry.find(registry(transaction), Registry.name(name));
    }

    private static Space registry(Transaction transaction) {
        return transaction.space(Registry.SPACE);
    }

    private static List<String> spaces(StructureInfo structure) {
        return Layouts.of(structure.kind()).spaces(structure.name());
    }

    private static void move(Space from, Space to) {
        if (to.count() > 0) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.STRUCTURE_EXISTS,
                            "The space '" + to.name() + "' has rows already: drop them, or take another name")
                    .with("name", to.name());
        }
        Contents.move(from, to);
    }
}
