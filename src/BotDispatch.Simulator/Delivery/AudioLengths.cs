using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace BotDispatch.Simulator.Delivery;

/// <summary>Finds out how long a .wav plays: from its header, otherwise from its name, otherwise a default.</summary>
internal sealed partial class AudioLengths(SimulatorOptions options, Courier courier, Func<Uri, bool> mayCall)
{
    const int MostKept = 1000;

    readonly ConcurrentDictionary<string, TimeSpan> lengths = [];

    /// <summary>Returns the length if it is known without a request; null otherwise.</summary>
    public TimeSpan? Known(string fileUrl) =>
        lengths.TryGetValue(fileUrl, out var known) ? known : Address(fileUrl) is null ? Guess(fileUrl) : null;

    public async Task<TimeSpan> LengthAsync(string fileUrl)
    {
        if (Known(fileUrl) is { } known) return known;
        var reply = await courier.GetAsync(Address(fileUrl)!, options.PlanLimit);
        if (reply.Code != 200 || WaveLength(reply.Body, reply.Length) is not { } length) return Guess(fileUrl);
        if (lengths.Count >= MostKept) lengths.Clear();
        return lengths[fileUrl] = length;
    }

    Uri? Address(string fileUrl) =>
        Uri.TryCreate(fileUrl, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && mayCall(uri) ? uri : null;

    TimeSpan Guess(string fileUrl) => SilenceName().Match(fileUrl) is { Success: true } match
        ? TimeSpan.FromSeconds(double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
        : options.PlayLength;

    /// <summary>Reads the byte rate and the size of the data from the RIFF chunks; null if the file has none.</summary>
    internal static TimeSpan? WaveLength(ReadOnlySpan<byte> file, long? wholeLength)
    {
        if (file.Length < 12 || !file[..4].SequenceEqual("RIFF"u8) || !file[8..12].SequenceEqual("WAVE"u8)) return null;
        uint bytesPerSecond = 0;
        for (long at = 12; at + 8 <= file.Length;)
        {
            var chunk = file[(int)at..];
            var size = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk[..4].SequenceEqual("fmt "u8) && chunk.Length >= 20)
                bytesPerSecond = BinaryPrimitives.ReadUInt32LittleEndian(chunk[16..]);
            if (chunk[..4].SequenceEqual("data"u8))
            {
                // Programs that stream a file leave its size open.
                var data = size is 0 or uint.MaxValue ? (wholeLength ?? file.Length) - at - 8 : size;
                return bytesPerSecond == 0 ? null : TimeSpan.FromSeconds(data / (double)bytesPerSecond);
            }
            at += 8 + size + (size & 1);
        }
        return null;
    }

    [GeneratedRegex(@"silence-([0-9]{1,4}(?:\.[0-9]{1,3})?)s\.wav")]
    private static partial Regex SilenceName();
}
