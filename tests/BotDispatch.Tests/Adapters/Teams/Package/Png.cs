using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace BotDispatch.Tests.Adapters.Teams.Package;

/// <summary>A picture of eight bits for each of red, green, blue and, where it has one, alpha; another kind of PNG is not read.</summary>
/// <remarks>https://www.w3.org/TR/png-3</remarks>
internal sealed record Png(int Width, int Height, (byte Red, byte Green, byte Blue, byte Alpha)[] Pixels)
{
    public static Png Read(byte[] file)
    {
        file.AsSpan(0, 8).SequenceEqual((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]).ShouldBeTrue();
        var (header, packed) = (Array.Empty<byte>(), new MemoryStream());
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var content = file.AsSpan(at + 8, length);
            switch (Encoding.ASCII.GetString(file, at + 4, 4))
            {
                case "IHDR": header = content.ToArray(); break;
                case "IDAT": packed.Write(content); break;
            }
            at += length + 12;
        }
        var channels = header[9] == 6 ? 4 : 3;
        // Eight bits, true colour with or without alpha, not interlaced.
        header[8..].ShouldBe([8, (byte)(channels == 4 ? 6 : 2), 0, 0, 0]);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
        packed.Position = 0;
        using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
        var rows = new byte[height][];
        for (var y = 0; y < height; y++)
        {
            var filter = unpacked.ReadByte();
            unpacked.ReadExactly(rows[y] = new byte[width * channels]);
            Undo(filter, rows[y], y > 0 ? rows[y - 1] : new byte[width * channels], channels);
        }
        return new(width, height, [.. rows.SelectMany(row => row.Chunk(channels)).Select(each => (each[0], each[1], each[2], channels == 4 ? each[3] : byte.MaxValue))]);
    }

    static void Undo(int filter, byte[] row, byte[] above, int channels)
    {
        for (var at = 0; at < row.Length; at++)
        {
            var (left, before) = at < channels ? ((byte)0, (byte)0) : (row[at - channels], above[at - channels]);
            row[at] += filter switch
            {
                0 => 0,
                1 => left,
                2 => above[at],
                3 => (byte)((left + above[at]) / 2),
                4 => Nearest(left, above[at], before),
                _ => throw new InvalidDataException($"filter {filter}"),
            };
        }
    }

    static byte Nearest(byte left, byte above, byte before)
    {
        var guess = left + above - before;
        var (toLeft, toAbove, toBefore) = (Math.Abs(guess - left), Math.Abs(guess - above), Math.Abs(guess - before));
        return toLeft <= toAbove && toLeft <= toBefore ? left : toAbove <= toBefore ? above : before;
    }
}
