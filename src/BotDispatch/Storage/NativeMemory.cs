using System.Runtime.InteropServices;

namespace BotDispatch.Storage;

/// <summary>How the C library keeps the memory that SQLite frees.</summary>
/// <remarks>https://man7.org/linux/man-pages/man3/mallopt.3.html</remarks>
internal static partial class NativeMemory
{
    // malloc.h of glibc.
    const int TrimThreshold = -1;
    const int TopPad = -2;
    const int MmapThreshold = -3;

    const int Megabyte = 1024 * 1024;

    /// <summary>
    /// Keeps what was freed for the next commit, up to 64 MB. By default glibc returns what lies on top of its heap to the kernel as soon
    /// as it is 128 KB, and takes it anew for the next commit, page by page. Does nothing where the C library is another one.
    /// </summary>
    public static void KeepFreed()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = Set(TrimThreshold, 64 * Megabyte);
            _ = Set(TopPad, Megabyte);
            // To set one of them ends the growth of this one, and each larger piece would then be mapped and unmapped on its own.
            _ = Set(MmapThreshold, 32 * Megabyte);
        }
        catch (Exception other) when (other is DllNotFoundException or EntryPointNotFoundException)
        {
            // Not glibc: musl has no such call, and keeps memory in a way of its own.
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int Set(int parameter, int value);
}
