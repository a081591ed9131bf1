// A little help for browsers that have it; every page works without.
(function () {
  'use strict'
  var form = document.querySelector('form[data-report]')
  if (!form) return
  var place = form.querySelector('[data-position]')
  if (place && navigator.geolocation && window.isSecureContext) {
    place.hidden = false
    place.addEventListener('click', function () {
      navigator.geolocation.getCurrentPosition(
        function (found) {
          form.elements.lng.value = found.coords.longitude
          form.elements.lat.value = found.coords.latitude
          say(place.dataset.taken)
        },
        function () { say(place.dataset.failed) },
        { enableHighAccuracy: true, timeout: 15000 }
      )
    })
  }
  function say(words) { form.querySelector('[data-said]').textContent = words }
  var photos = form.elements.photos
  var shown = form.querySelector('.previews')
  var warned = form.querySelector('[data-photos]')
  if (photos && shown && window.URL) {
    photos.addEventListener('change', function () {
      shown.textContent = warned.textContent = ''
      var large = Array.prototype.some.call(photos.files, function (file) { return file.size > Number(warned.dataset.most) })
      if (large) {
        warned.textContent = warned.dataset.large
        photos.value = ''
        return
      }
      Array.prototype.slice.call(photos.files, 0, 3).forEach(function (file) {
        var picture = document.createElement('img')
        picture.alt = file.name
        picture.src = URL.createObjectURL(file)
        shown.appendChild(picture)
      })
    })
  }
  var send = form.querySelector('button[type=submit]')
  var words = send.textContent
  var stopped = form.querySelector('[data-stopped]')
  form.addEventListener('submit', function (event) {
    stopped.textContent = ''
    if (navigator.onLine === false) {
      event.preventDefault()
      stopped.textContent = form.dataset.offline
      return
    }
    send.disabled = true
    send.textContent = send.dataset.sending
  })
  window.addEventListener('pageshow', function () {
    send.disabled = false
    send.textContent = words
  })
})()
