namespace BotDispatch.Http;

/// <summary>Addresses of other systems under which everything that we call has its place.</summary>
internal static class FolderAddress
{
    extension(Uri address)
    {
        /// <summary>Returns the address with one slash at its end, so that a relative address is one below it.</summary>
        public Uri AsFolder() => new(address.AbsoluteUri.TrimEnd('/') + "/");
    }
}
