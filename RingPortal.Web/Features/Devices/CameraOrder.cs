namespace RingPortal.Web.Features.Devices;

/// <summary>Keeps cameras where they were when an open page first showed them: nothing moves under the finger.</summary>
internal sealed class CameraOrder
{
    private readonly Dictionary<Guid, int> _places = [];

    /// <summary>The same cameras, known ones in the order of their first sight and new ones after them.</summary>
    public CamerasView Keep(CamerasView view)
    {
        foreach (var camera in view.Cameras)
        {
            _places.TryAdd(camera.Id, _places.Count);
        }

        return view with { Homes = [.. view.Homes.Select(home => home with { Cameras = [.. home.Cameras.OrderBy(camera => _places[camera.Id])] })] };
    }
}
